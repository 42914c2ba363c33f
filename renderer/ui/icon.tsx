import {
  ArrowLeft,
  ArrowRight,
  ChevronLeft,
  ChevronRight,
  List,
  LogIn,
  LogOut,
  Redo2,
  Undo2,
  type LucideIcon,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import s from './icon.module.css';

/** Drawings that point along the line of reading; they turn round in a right-to-left language. */
const directional: ReadonlySet<LucideIcon> = new Set([
  ArrowLeft,
  ArrowRight,
  ChevronLeft,
  ChevronRight,
  List,
  LogIn,
  LogOut,
  Redo2,
  Undo2,
]);

/** A Lucide drawing: 2 px stroke, hidden from screen readers, mirrored where it has a direction. */
export function Icon({
  className,
  icon: Drawing,
}: {
  readonly icon: LucideIcon;
  readonly className?: string | undefined;
}): ReactNode {
  return <Drawing aria-hidden="true" className={classNames(directional.has(Drawing) && s['directional'], className)} />;
}
