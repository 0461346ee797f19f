const KEY = 'pkgr-theme';

/** Lets the reader choose light or dark over what the system prefers, and keeps the choice. */
export function startTheme() {
  const choice = /** @type {HTMLSelectElement} */ (document.getElementById('theme'));
  choice.value = kept();
  const apply = () => {
    if (choice.value === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice.value;
  };
  apply();
  choice.addEventListener('change', () => {
    apply();
    keep(choice.value);
  });
}

/** A page opened from a file may have no storage. */
function kept() {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : 'auto';
  } catch {
    return 'auto';
  }
}

/** @param {string} value */
function keep(value) {
  try {
    localStorage.setItem(KEY, value);
  } catch {
    // The choice holds for as long as the page is open.
  }
}
