/**
 * One text per error code of the contract, nested at the dot (`shift.not_open`). `fault.unknown` has none: it is told as
 * an unknown fault, with its incident. Say what happened, whether anything is saved, what to do next.
 */
export const errors = {
  unknown: 'That did not work. Try again, or call with incident {{incident}}.',
  unknownWithoutIncident: 'That did not work. Try again.',
  operation: {
    unknown: 'This till does not know that action. Update Evertill, then try again.',
  },
  input: {
    malformed: 'Something in this form is not right. Nothing was saved. Check the marked fields.',
  },
  session: {
    required: 'Sign in first. The basket is saved.',
    ended: 'Your session has ended. The basket is saved. Sign in again.',
    credential_wrong: 'The name or the PIN or password is wrong. Try again.',
    locked_out: 'Too many tries. Wait a moment, or ask a manager.',
  },
  permission: {
    missing: 'You may not do this. Nothing was changed. Ask a manager.',
  },
  command: {
    required: 'The till did not take that. Nothing was changed. Try again.',
    conflict: 'This was already sent with other values. Nothing was done twice. Look at the result first.',
    already_recorded: 'This was already recorded. It was not done twice. Go on.',
  },
  approval: {
    invalid: 'The approval was not accepted. Nothing was changed. Ask the manager to approve again.',
  },
  connection: {
    lost: 'The screen has lost the till. What was completed is saved. It connects again by itself.',
  },
  password: {
    too_long: 'The password is too long: at most 72 bytes. Not saved.',
    too_short: 'The password is too short. Not saved. Use a longer one.',
  },
  pin: {
    malformed: 'A PIN has four to eight digits. Not saved.',
  },
  setup: {
    already_done: 'This till is set up already. Nothing was changed.',
    not_done: 'This till is not set up yet. Set it up first.',
  },
  enrolment: {
    code_malformed: 'This is not an enrolment code. Type it as it was given to you.',
    code_refused: 'The head office did not accept this code. It may be used or too old. Ask for a new one.',
    unreachable: 'The head office cannot be reached. Nothing was changed. Check the network, then try again.',
    other_kind:
      'This code is for another purpose: one is for an empty till, another for a shop that already sells. Nothing was changed. Ask the head office for the right one.',
    demo: 'The demo shop can never join a head office. Nothing was changed.',
    already_joined: 'This till has joined its head office already. Nothing was changed.',
    currency_differs:
      'The head office keeps its prices in {{currency}}, and this shop sells in another currency. Nothing was changed. It cannot join this head office.',
    shop_known:
      'The head office has this shop already. Nothing was changed. For a new PC of a till, ask for a code to take it over.',
    till_code_taken:
      'Another till at the head office has the code {{till_code}}. Nothing was changed. Choose another code for this till.',
    till_inactive:
      'This till is out of use at the head office. Nothing was changed. Ask the head office to put it back into use, then try again.',
  },
  leave: {
    basket_open: 'A basket is still open. Nothing was changed. Sell it or void it first.',
    shift_open: 'A shift is still open. Nothing was changed. Count the drawer and close it first.',
    stock_take_open: 'A stock take is still open. Nothing was changed. Post it or give it up first.',
    unconfirmed:
      'The head office has not confirmed all of this till yet, {{waiting}} waiting. Nothing was changed. Connect it, press Try now on the page Head office, and wait until everything is confirmed.',
    name_wrong: 'This is not the name of the shop. Nothing was changed. Type it as it stands above.',
  },
  zone: {
    unknown: 'This time zone is not known. Not saved. Choose one from the list.',
  },
  currency: {
    unknown: 'This currency is not known. Not saved. Choose one from the list.',
  },
  catalogue: {
    read_only: 'The head office keeps the catalogue of this shop. Nothing was changed. Ask the head office.',
  },
  record: {
    not_found: 'This record is not here any more. Nothing was changed. Look at the list again.',
    changed: 'Somebody changed this in the meantime. Nothing was saved. Look at the new values, then save again.',
    inactive: 'This is no longer in use. Nothing was added.',
  },
  money: {
    malformed: 'This is not an amount. Not saved.',
    too_fine: 'The amount has more decimals than the currency. Not saved.',
    too_large: 'This amount is too large. Not saved.',
    negative: 'An amount below zero is not possible here. Not saved.',
  },
  quantity: {
    malformed: 'This is not a quantity. Nothing was changed.',
    zero: 'The quantity is zero. Nothing was changed.',
    too_large: 'This quantity is too large. Nothing was changed.',
    not_whole: 'This product is sold by the piece. Nothing was changed. Enter a whole number.',
  },
  product: {
    not_stocked: 'Stock of “{{name}}” is not kept. Nothing was counted.',
    sku_taken: 'Another product has this SKU. Not saved. Choose another.',
    barcode_taken: 'Another product has this barcode, {{barcode}}: {{name}}, SKU {{sku}}. Not saved.',
    barcode_twice: 'The barcode {{barcode}} is there twice. Not saved. Remove one.',
    barcode_malformed: 'This barcode is not right: its check digit does not fit. Not saved. Scan it again.',
    no_price: 'This product has no price. Nothing was added. Enter a price or ask a manager.',
  },
  barcode: {
    unknown: 'Unknown barcode. Nothing was added. Keep scanning.',
  },
  tax: {
    code_taken: 'The tax {{name}} prints the letter {{code}} already. Not saved. Choose another.',
  },
  basket: {
    empty: 'The basket is empty. Scan a product first.',
    changed: 'The basket has changed in the meantime. It is saved. Look at it, then go on.',
    total_changed: 'The total has changed. The sale is not finished. Look at the new total, then pay again.',
    underpaid: 'Not enough has been paid yet. The sale is not finished. Take the rest first.',
    has_tenders: 'Something has been paid already. Remove the payment before changing the basket.',
    too_long: 'The basket is full. Nothing was added. Finish this sale, then begin another.',
    already_completed: 'This sale was already recorded. It was not rung up twice. Go on with the next customer.',
  },
  line: {
    not_found: 'This line is no longer in the basket. Nothing was changed.',
  },
  discount: {
    too_large: 'The discount is larger than the price. Nothing was changed.',
  },
  tender: {
    not_in_cash_steps:
      'This amount cannot be paid in cash: the smallest coin is larger. Nothing was taken. Round it as the till shows.',
    not_needed: 'Nothing is left to pay. Nothing was taken.',
    exceeds_due: 'This is more than is due. Nothing was taken. Only cash can be given change for.',
    not_found: 'This payment is no longer here. Nothing was changed.',
    change_too_large: 'That is far more than is due. Nothing was taken. Check the amount.',
  },
  shift: {
    not_open: 'No shift is open. Open one first.',
    already_open: 'A shift is open already. Nothing was changed.',
    difference: 'The count differs from what should be there. The shift is still open. Count again, or give a reason.',
    date_far: 'The business day is far from the last one. Nothing was opened. Check the date of this PC, or confirm.',
    basket_open: 'A basket is still open. The shift is still open. Finish or void the basket first.',
  },
  drawer: {
    not_enough: 'There should not be that much cash in the drawer. Nothing was taken out. Check the amount.',
  },
  refund: {
    too_much: 'Less than that is left to give back. Nothing was given back yet.',
    nothing: 'Nothing is chosen to give back. Choose a line first.',
  },
  stock_take: {
    not_open: 'No such stock take is open. Nothing was counted. Look at the list of stock takes.',
    already_open: 'A stock take is open already. Finish it or give it up first.',
    not_in_scope: '“{{name}}” is not in this stock take. Nothing was counted.',
    empty: 'Nothing was counted yet. The stock take is still open.',
  },
  transfer: {
    no_other_store: 'This company has no other store that this till knows of. Nothing was sent.',
    number_malformed: 'This is no number of a transfer. It looks like HS2-A-T12.',
    already_received: 'This transfer was received already. Nothing was added.',
    sent_here:
      'This store has sent this transfer itself. Nothing was added. If the goods never left, cancel the transfer.',
    own_number:
      '{{number}} is a number of this store’s own tills, and goods came from another store. Nothing was added. Please read the paper again.',
    not_to_cancel: 'This transfer can no longer be cancelled here. Nothing was changed.',
    nothing_to_correct: 'That is what this till has written down already. Nothing was changed.',
  },
  staff: {
    login_taken: 'Somebody else has this sign-in name. Not saved. Choose another.',
    last_manager: 'This is the last manager. Nothing was changed. Make somebody else a manager first.',
  },
  storage: {
    full: 'The disk of this PC is full. Nothing was saved. Make room, then try again.',
    busy: 'The head office is busy taking in what tills send. Nothing was changed. Try again in a moment.',
  },
  rate: {
    limited: 'Too many tries. Wait a minute, then try again.',
  },
  headoffice: {
    unreachable: 'The head office cannot be reached. Selling goes on, sales are saved here.',
  },
} as const;
