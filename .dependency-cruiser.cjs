/**
 * Which part may import which, checked by `npm run layers` (commands/check/layers.ts). `may` names the layers that a
 * layer may import beside itself; what is not named is an error, and so is a file that belongs to no layer. The first
 * layer whose path fits is the file's.
 */
const product = ['shared', 'till database', 'till', 'devices', 'documents', 'sync', 'migrations of till'];

const layers = [
  {
    name: 'tests',
    path: '^tests/|[.]test[.]tsx?$',
    may: [
      ...product,
      'preload',
      'pc',
      'shell',
      'browser',
      'renderer',
      'head office',
      'migrations of central',
      'commands',
    ],
  },
  { name: 'shared', path: '^shared/', may: [] },
  { name: 'till database', path: '^electron/till/db/', may: ['shared', 'till'] },
  { name: 'till', path: '^electron/till/', may: ['shared', 'till database'] },
  { name: 'devices', path: '^electron/devices/', may: ['shared'] },
  { name: 'documents', path: '^electron/documents/', may: ['shared'] },
  { name: 'preload', path: '^electron/shell/preload[.]ts$', may: ['shared'] },
  // What every shell needs of the PC it runs on: where files are, how secrets are kept, how a till is opened.
  { name: 'pc', path: '^electron/pc/', may: product },
  { name: 'shell', path: '^electron/shell/', may: [...product, 'pc'] },
  { name: 'browser', path: '^electron/browser/', may: [...product, 'pc'] },
  { name: 'sync', path: '^sync/', may: ['shared'] },
  { name: 'head office', path: '^headoffice/', may: ['shared'] },
  { name: 'renderer', path: '^renderer/', may: ['shared'] },
  // A migration may name the types that the database layer gives to lists of them; that layer never imports a list.
  { name: 'migrations of till', path: '^migrations/till/', may: ['shared', 'till database'] },
  { name: 'migrations of central', path: '^migrations/central/', may: ['shared'] },
  // What puts the parts together for somebody who runs them.
  {
    name: 'commands',
    path: '^commands/',
    may: [...product, 'pc', 'browser', 'head office', 'migrations of central'],
  },
  {
    name: 'bench',
    path: '^bench/',
    may: [...product, 'pc', 'browser', 'head office', 'migrations of central', 'commands'],
  },
  { name: 'settings', path: '^[^/]+[.](ts|cjs)$', may: ['commands'] },
];

/** Only these may import the library: `from` are the paths that may. Types count as much as values. */
const libraries = [
  { name: 'electron', from: '^electron/shell/|^tests/electron/' },
  { name: 'better-sqlite3', from: '^electron/till/db/|^bench/|^tests/|[.]test[.]tsx?$' },
  {
    name: 'pg',
    from: '^sync/central[.]ts$|^headoffice/|^migrations/central/|^commands/|^bench/|^tests/|[.]test[.]tsx?$',
  },
];

/** Libraries that run in Node only: nothing of the renderer imports them. */
const nodeOnly = 'bcrypt|better-sqlite3|electron|electron-store|fastify|@fastify/[^/]+|kysely|nodemailer|pg|pino|ws';

const test = '^tests/|[.]test[.]tsx?$';
const ours = '^(shared|electron|sync|headoffice|renderer|migrations|commands|bench|tests)/|^[^/]+[.](ts|cjs)$';
const known = layers.map(({ path }) => path);
const inNodeModules = (name) => `(^|/)node_modules/(@types/)?(${name})/`;

/** The paths of a layer, without those of the layers above it in the list. */
function claim(layer) {
  const above = layers.slice(0, layers.indexOf(layer)).map(({ path }) => path);
  return above.length === 0 ? { path: layer.path } : { path: layer.path, pathNot: above };
}

module.exports = {
  forbidden: [
    ...layers.map((layer) => ({
      name: `${layer.name} may import ${['itself', ...layer.may].join(', ')}`,
      severity: 'error',
      from: claim(layer),
      // Whatever is ours, other than what is named; a test beside the code is nobody's to import.
      to: {
        path: ours,
        pathNot: layers.filter(({ name }) => name === layer.name || layer.may.includes(name)).map(({ path }) => path),
      },
    })),
    // Three rules for one: a file that imports something, one that is imported, one that is neither.
    ...[
      { from: { pathNot: known }, to: {} },
      { from: {}, to: { dependencyTypes: ['local'], pathNot: known } },
      { from: { orphan: true, pathNot: known }, to: {} },
    ].map((rule) => ({ name: 'every file belongs to a layer', severity: 'error', ...rule })),
    {
      name: 'nobody but tests imports a test',
      severity: 'error',
      from: { pathNot: test },
      to: { path: test },
    },
    ...libraries.map(({ name, from }) => ({
      name: `only some may import ${name}`,
      severity: 'error',
      from: { path: ours, pathNot: from },
      to: { path: [inNodeModules(name), `^${name}$`] },
    })),
    {
      name: 'a noun never imports the handlers of another noun',
      severity: 'error',
      from: { path: '^(electron/till|headoffice)/([^/]+)/', pathNot: test },
      to: { path: '^$1/[^/]+/handlers[.]ts$', pathNot: '^$1/$2/' },
    },
    {
      name: 'shared and renderer run without Node',
      severity: 'error',
      from: { path: '^(shared|renderer)/|^electron/shell/preload[.]ts$', pathNot: test },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'the renderer imports no library that needs Node',
      severity: 'error',
      from: { path: '^renderer/', pathNot: test },
      to: { path: inNodeModules(nodeOnly) },
    },
    {
      name: 'the product needs no development dependency',
      severity: 'error',
      from: { path: '^(shared|electron|sync|headoffice|renderer|migrations)/', pathNot: test },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
        pathNot: inNodeModules('electron'), // the runtime brings it; as a dependency it would be packed twice
      },
    },
    { name: 'every import is found', severity: 'error', from: {}, to: { couldNotResolve: true } },
    { name: 'no circle', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    tsPreCompilationDeps: true, // types as well: a layer is what a file knows of, not only what it loads
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage|[.]evertill|[.]cache)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json', '.d.ts'],
    },
  },
};
