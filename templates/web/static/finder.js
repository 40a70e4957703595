// The field for the cause: a combobox (ARIA Authoring Practices) over causes and codes.

const WAIT = 120; // milliseconds between a key and the question to the server

export class Finder {
  constructor(input, holder, { words, found, more, none, chosen, say }) {
    Object.assign(this, { input, words, found, more, none, chosen, say, at: -1, options: [], isSure: false, listed: "" });
    this.list = document.createElement("ul");
    Object.assign(this.list, { id: "finder-options", className: "finder-options", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", holder.dataset.label);
    this.empty = document.createElement("p");
    this.empty.className = "finder-empty";
    holder.append(this.list, this.empty);
    input.removeAttribute("list");
    for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"],
      ["aria-controls", this.list.id], ["aria-autocomplete", "list"]]) input.setAttribute(name, value);
    input.addEventListener("input", () => this.ask(WAIT));
    input.addEventListener("click", () => this.list.hidden && this.ask(0));
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", (event) => {
      // In another window nobody is done with typing; a button that chooses a cause has its own.
      if (document.activeElement === input || event.relatedTarget?.matches("[data-pick]")) this.close();
      else this.take();
    });
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the focus
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(this.options.indexOf(option));
    });
  }

  ask(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.load(), wait);
  }

  async load() {
    const text = this.isWhole ? "" : this.input.value;
    const body = new URLSearchParams({ diagnosis: text, words: this.words });
    try {
      const answer = await fetch("/find", { method: "POST", body, headers: { Accept: "application/json" } });
      if (answer.ok && document.activeElement === this.input) this.show(await answer.json(), text);
    } catch { /* the preview tells that nobody answers */ }
  }

  // Whether the field holds a choice that was made: opened again, it shows all causes.
  get isWhole() {
    return this.input.value === this.made;
  }

  show({ choices, more, sure }, text) {
    Object.assign(this, { isSure: sure, listed: text });
    this.options = choices.map((choice, number) => {
      const option = document.createElement("li");
      option.id = `finder-${number}`;
      option.dataset.value = choice.value;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      if (choice.label !== choice.value) {
        const code = document.createElement("strong");
        code.textContent = choice.value;
        option.append(code, " ");
      }
      const label = document.createElement("span");
      label.textContent = choice.label;
      option.append(label);
      if (choice.detail) {
        const detail = document.createElement("small");
        detail.textContent = choice.detail;
        option.append(detail);
      }
      return option;
    });
    this.list.replaceChildren(...this.options);
    const rest = more ? this.more.replace("{count}", more) : "";
    if (rest) {
      const told = document.createElement("li");
      Object.assign(told, { className: "finder-more", textContent: rest });
      told.setAttribute("role", "presentation");
      this.list.append(told);
    }
    this.list.hidden = !choices.length;
    this.empty.textContent = choices.length ? "" : this.none;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.move(-1);
    this.say(choices.length ? `${this.found.replace("{count}", choices.length)} ${rest}`.trim() : this.none);
  }

  close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.empty.textContent = "";
    this.input.setAttribute("aria-expanded", "false");
    this.move(-1);
  }

  move(at) {
    this.options[this.at]?.setAttribute("aria-selected", "false");
    this.at = at;
    const option = this.options[at];
    if (!option) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  key(event) {
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) this.ask(0);
      else {
        const count = this.options.length;
        this.move(key === "ArrowDown" ? (this.at + 1) % count : (this.at - 1 + count) % count);
      }
    } else if (key === "Enter") {
      event.preventDefault(); // it chooses; it never sends the form
      if (this.list.hidden) this.take();
      else if (this.at >= 0) this.choose(this.at);
      // What was typed begins one cause alone, or there is one choice, and the list is of this text.
      else if (this.listed === this.input.value && (this.isSure || this.options.length === 1)) this.choose(0);
      else this.take();
    } else if (key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if (key === "Tab") this.take();
  }

  choose(at) {
    this.input.value = this.options[at].dataset.value;
    this.take();
  }

  take() {
    this.close();
    if (this.input.value === this.made) return;
    this.made = this.input.value;
    this.chosen();
  }

  // What the field holds now was chosen elsewhere, or what it held then.
  settle(value = this.input.value) {
    this.made = value;
  }
}
