from wagtail import blocks, hooks


@hooks.register("register_event_kinds")
def excursion() -> list[tuple[str, str]]:
    return [("excursion", "Excursion")]


@hooks.register("register_body_blocks")
def packing_list() -> list[tuple[str, blocks.Block]]:
    return [("packing_list", blocks.ListBlock(blocks.CharBlock()))]
