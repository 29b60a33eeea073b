// Light or dark: as the system has it, unless somebody chose.

const KEY = "console.theme";
const THEMES = ["system", "light", "dark"];

export function theme() {
    const kept = localStorage.getItem(KEY);
    return THEMES.includes(kept) ? kept : "system";
}

/** The next of the three. */
export function change_theme() {
    localStorage.setItem(KEY, THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length]);
    apply_theme();
}

export function apply_theme() {
    document.documentElement.dataset.theme = theme();
}
