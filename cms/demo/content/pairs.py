"""The organisations of the third round with the themes they look for, of which the demo proposes learning pairs."""

from network_pages.pair_plans.plans import EnteredOrganisation

ROUND = "round.3"
ORGANISATIONS = (
    EnteredOrganisation(name="Försäkringsverket", themes="Samhörighet, Ledarskap", size=2900),
    EnteredOrganisation(name="Kustvakten", themes="En attraktiv arbetsgivare", size=800),
    EnteredOrganisation(name="Inspektionen för datamaterial", themes="Digitalisering", size=60),
    EnteredOrganisation(name="Länsstyrelsen i Skärgårdslän", themes="En attraktiv arbetsgivare, Ledarskap", size=250),
    EnteredOrganisation(name="Trafikstyrelsen", themes="Samhörighet", size=1600),
    EnteredOrganisation(name="Kulturrådet för regionerna", themes="Digitalisering", size=90),
)
