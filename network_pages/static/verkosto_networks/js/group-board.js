// Moves people between groups by drag and drop, and by Ctrl with an arrow key. Both press the person's own “Move” button,
// so that without scripts the same is done with the list of groups and that button.
(() => {
  const board = document.querySelector("[data-board]");
  if (!board) return;
  const groups = [...board.querySelectorAll("[data-group]")];
  const hint = board.querySelector("[data-hint]");
  let dragged = null;
  if (hint) hint.hidden = false;

  function move(person, group) {
    if (!group || person.closest("[data-group]") === group) return;
    person.querySelector("select").value = group.dataset.group;
    board.requestSubmit(person.querySelector("button[name=move]"));
  }

  for (const person of board.querySelectorAll("[data-person]")) {
    person.tabIndex = 0;
    person.draggable = true;
    person.setAttribute("aria-keyshortcuts", "Control+ArrowLeft Control+ArrowRight");
    person.addEventListener("dragstart", (event) => {
      dragged = person;
      person.classList.add("groups-person--dragged");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", person.id);
    });
    person.addEventListener("dragend", () => {
      dragged = null;
      person.classList.remove("groups-person--dragged");
    });
    person.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step || !event.ctrlKey || event.target !== person) return;
      event.preventDefault();
      move(person, groups[groups.indexOf(person.closest("[data-group]")) + step]);
    });
  }

  for (const group of groups) {
    group.addEventListener("dragover", (event) => {
      if (!dragged) return;
      event.preventDefault();
      group.classList.add("groups-card--target");
    });
    group.addEventListener("dragleave", (event) => {
      if (!group.contains(event.relatedTarget)) group.classList.remove("groups-card--target");
    });
    group.addEventListener("drop", (event) => {
      event.preventDefault();
      group.classList.remove("groups-card--target");
      if (dragged) move(dragged, group);
    });
  }
  // After a move the page is at the person: the keyboard is there, too.
  if (location.hash.startsWith("#person-")) document.querySelector(location.hash)?.focus();
})();
