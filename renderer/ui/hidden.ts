import s from './hidden.module.css';

/** The class of what only screen readers read: it takes no room, and is not looked for in the page. */
export const hiddenFromSight = s['hidden'] ?? '';
