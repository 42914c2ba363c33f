/**
 * `npm run demo`: the shop "Harbour Street" with its head office, on this PC. `npm run demo -- --check` sells a basket by
 * itself and says whether both sides agree.
 */
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { OtherVersionError } from '../../migrations/central/migrate.ts';
import { OperationError } from '../../shared/contract/client.ts';
import { harbourStreet } from '../../shared/demo/harbour-street.ts';
import { checkDemo, isProven } from './check.ts';
import { findPlace } from './place.ts';
import { type Demo, officeUser, startDemo } from './start-demo.ts';
import { openWindow } from './window.ts';

const usage = `npm run demo -- [--data <folder>] [--fresh] [--check] [--no-open]

  --data     where the demo keeps its files (otherwise .evertill/demo)
  --fresh    begin anew: what an earlier demo left there is deleted
  --check    sell a basket through the till's own screens without a window, compare, and end
  --no-open  only print the addresses, open no browser window`;

const exitCodes = { stopped: 0, failed: 1, usage: 2, interrupted: 130 };

const report = (line: string) => process.stderr.write(`${line}\n`);

/** As somebody who stands in this folder would write it, where that is shorter. */
function shorten(folder: string): string {
  const from = relative(process.cwd(), folder);
  return from === '' || from.startsWith('..') ? folder : from;
}

function describe(demo: Demo, folder: string): string {
  const people = harbourStreet.staff.map(
    ({ name, pin, login, password, role }) =>
      `  ${name.padEnd(16)} PIN ${pin}, or ${login} with the password ${password} (${role})`,
  );
  return [
    '',
    `${harbourStreet.settings.name}, in ${folder}`,
    '',
    `Till         ${demo.host.url}`,
    ...people,
    '',
    `Head office  ${demo.console.url}`,
    `  ${officeUser.name.padEnd(16)} ${officeUser.login} with the password ${officeUser.password}`,
    '',
    'Ctrl-C stops everything. The next run finds what was sold; --fresh begins anew.',
    '',
  ].join('\n');
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof OtherVersionError) return `${error.message}; npm run demo -- --fresh begins anew`;
  if (!(error instanceof OperationError)) return error.message;
  const { code, data } = error.failure;
  return `${code} ${JSON.stringify(data)}: see till.log and headoffice.log in the demo's folder`;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: '.evertill/demo' },
      fresh: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      'no-open': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return exitCodes.stopped;
  }
  let stopSoFar = async () => {};
  const interrupted = new Promise<number>((resolve) => {
    const stopAll = () => {
      // stop() may be called any number of times: a process group gets the signal twice.
      stopSoFar().then(
        () => resolve(values.check ? exitCodes.interrupted : exitCodes.stopped),
        (error: unknown) => {
          report(String(error));
          resolve(exitCodes.failed);
        },
      );
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stopAll);
  });
  const run = async (): Promise<number> => {
    const place = await findPlace(values.data, values.fresh);
    const demo = await startDemo({ place, report, stoppable: (stop) => (stopSoFar = stop) });
    if (!values.check) {
      console.log(describe(demo, shorten(place.folder)));
      if (!values['no-open']) openWindow(demo.host.url);
      return await interrupted;
    }
    try {
      const result = await checkDemo(demo, report);
      console.log(JSON.stringify(result));
      return isProven(result) ? exitCodes.stopped : exitCodes.failed;
    } finally {
      await demo.stop();
    }
  };
  // Interrupted while it starts: what has been started is stopped, and what is being started is not waited for.
  return await Promise.race([run(), interrupted]);
}

try {
  process.exit(await main());
} catch (error) {
  const isUsage = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  report(describeError(error));
  if (isUsage) report(usage);
  process.exit(isUsage ? exitCodes.usage : exitCodes.failed);
}
