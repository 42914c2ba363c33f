import { common } from './common.ts';
import { device } from './device.ts';
import { done } from './done.ts';
import { entries } from './entries.ts';
import { errors } from './errors.ts';
import { headoffice } from './headoffice.ts';
import { keys } from './keys.ts';
import { pay } from './pay.ts';
import { products } from './products.ts';
import { refund } from './refund.ts';
import { sales } from './sales.ts';
import { sell } from './sell.ts';
import { setup } from './setup.ts';
import { shift } from './shift.ts';
import { signin } from './signin.ts';
import { staff } from './staff.ts';
import { stock } from './stock.ts';
import { support } from './support.ts';
import { sync } from './sync.ts';

/** Every namespace in this language. */
export const en = {
  common,
  entries,
  errors,
  sales,
  sell,
  pay,
  device,
  keys,
  done,
  refund,
  shift,
  products,
  staff,
  setup,
  signin,
  stock,
  support,
  sync,
  headoffice,
} as const;
