import { startTable } from './table.js';
import { startTheme } from './theme.js';
import { startTreemap } from './treemap.js';

startTheme();
const data = document.getElementById('data')?.textContent ?? '';
startTreemap(JSON.parse(data));
for (const section of document.querySelectorAll('section.searchable')) {
  if (section instanceof HTMLElement) startTable(section);
}
