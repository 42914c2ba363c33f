/**
 * One text per error code of the contract; the dots of a code become nested keys (`shift.not_open`).
 * Say what happened, whether the sale is saved, what to do next.
 */
export const errors = {
  unknown: 'That did not work. Try again, or call with incident {{incident}}.',
  unknownWithoutIncident: 'That did not work. Try again.',
} as const;
