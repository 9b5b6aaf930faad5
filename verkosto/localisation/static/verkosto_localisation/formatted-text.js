// Edits a string with bold or italic text or links as formatted text. The box of tags below it is what is saved, and
// what people without scripts edit. Only formatting of the original can be used, and only its links.
(() => {
  const form = document.getElementById("localisation-strings");
  if (!form) return;
  const KINDS = { B: "b", STRONG: "b", I: "i", EM: "i", CODE: "code" };

  // Tags as text, such as "See <a id="a1">this</a>", to nodes that have no addresses or identifiers.
  function read(markup) {
    const parsed = new DOMParser().parseFromString(markup, "text/html").body;
    function copy(node) {
      if (node.nodeType === Node.TEXT_NODE) return document.createTextNode(node.data);
      const element = document.createElement(node.nodeName === "A" ? "u" : KINDS[node.nodeName] || "span");
      if (node.nodeName === "BR") return document.createElement("br");
      if (node.nodeName === "A") element.dataset.link = node.id;
      element.append(...[...node.childNodes].map(copy));
      return element;
    }
    return [...parsed.childNodes].map(copy);
  }

  const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

  function write(node, names) {
    if (node.nodeType === Node.TEXT_NODE) return escape(node.data.replace(/\u00a0/g, " "));
    if (node.nodeName === "BR") return "<br/>";
    const inner = [...node.childNodes].map((child) => write(child, names)).join("");
    if (node.dataset.link) return inner && `<a id="${node.dataset.link}">${inner}</a>`;
    const kind = KINDS[node.nodeName];
    return kind && inner ? `<${names[kind]}>${inner}</${names[kind]}>` : inner;
  }

  function within(editor) {
    const range = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
    return range && editor.contains(range.commonAncestorContainer) ? range : null;
  }

  // Puts the selected text into an element, or takes an element around the selection away.
  function toggle(editor, matches, make) {
    const range = within(editor);
    if (!range) return;
    let around = range.commonAncestorContainer;
    while (around !== editor && !(around.nodeType === Node.ELEMENT_NODE && matches(around))) around = around.parentNode;
    if (around !== editor) around.replaceWith(...around.childNodes);
    else if (!range.collapsed) {
      const element = make();
      element.append(range.extractContents());
      range.insertNode(element);
      getSelection().selectAllChildren(element);
    }
    editor.normalize();
    editor.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function button(text, label, action) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button button-small button-secondary";
    made.textContent = text;
    if (label) made.setAttribute("aria-label", label);
    made.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the selection
    made.addEventListener("click", action);
    return made;
  }

  function toolbar(box, editor, markup) {
    const bar = document.createElement("div");
    bar.className = "localisation-formats";
    if (/<(b|strong)>/.test(markup)) {
      bar.append(button(form.dataset.bold, "", () => toggle(editor, (node) => KINDS[node.nodeName] === "b", () => document.createElement("b"))));
    }
    if (/<(i|em)>/.test(markup)) {
      bar.append(button(form.dataset.italic, "", () => toggle(editor, (node) => KINDS[node.nodeName] === "i", () => document.createElement("i"))));
    }
    for (const link of box.parentNode.querySelectorAll("[data-link][hidden]")) {
      bar.append(button(`${form.dataset.link} ${link.textContent}`, "", () => toggle(editor, (node) => node.dataset.link === link.dataset.link, () => {
        const made = document.createElement("u");
        made.dataset.link = link.dataset.link;
        return made;
      })));
    }
    return bar;
  }

  for (const box of form.querySelectorAll("textarea[data-formatted]:not([readonly])")) {
    const markup = box.dataset.source + box.value;
    const hasBreaks = /<br/.test(markup);
    const splits = "paragraphs" in box.dataset;
    const paragraphs = hasBreaks ? /(?:\s*(?:<br\/>|\n)){2,}\s*/g : /\s*(?:<br\/>|\n)(?:\s|<br\/>)*/g;
    const names = { b: /<strong>/.test(markup) ? "strong" : "b", i: /<em>/.test(markup) ? "em" : "i", code: "code" };
    const editor = document.createElement("div");
    editor.className = "localisation-formatted";
    editor.contentEditable = "true";
    editor.lang = box.lang;
    editor.setAttribute("role", "textbox");
    editor.setAttribute("aria-multiline", "true");
    editor.setAttribute("aria-labelledby", box.id.replace("text-", "label-"));
    editor.setAttribute("aria-describedby", box.getAttribute("aria-describedby"));
    const fill = () => editor.replaceChildren(...read(box.value));
    fill();
    box.hidden = true;
    box.before(toolbar(box, editor, markup), editor);
    editor.addEventListener("input", () => {
      const text = write(editor, names).replace(/(<br\/>)+$/, "");
      box.value = splits ? text.replace(paragraphs, "\n\n") : text;
    });
    editor.addEventListener("paste", (event) => {
      event.preventDefault();
      document.execCommand("insertText", false, event.clipboardData.getData("text/plain").replace(/\s+/g, " "));
    });
    editor.addEventListener("drop", (event) => event.preventDefault());
    editor.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        const makesParagraph = splits && !(hasBreaks && event.shiftKey);
        if (makesParagraph || hasBreaks) document.execCommand("insertLineBreak");
        if (makesParagraph) document.execCommand("insertLineBreak");
      }
    });
    // For editor.js: the element to focus, and how to show a text that it has put into the box.
    box.editor = editor;
    box.refill = fill;
    document.querySelector(`label[for="${box.id}"]`).addEventListener("click", () => editor.focus());
  }
})();
