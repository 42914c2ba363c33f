import { notifyManager } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { holdAnswers } from './answers-told.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('tells what waits at once where it is asked to, in its order and once', () => {
  const told: string[] = [];
  const tellNow = holdAnswers();
  notifyManager.schedule(() => told.push('first'));
  notifyManager.schedule(() => told.push('second'));
  expect(told).toEqual([]);
  tellNow();
  expect(told).toEqual(['first', 'second']);
  vi.runAllTimers();
  expect(told).toEqual(['first', 'second']);
});

it('tells what nobody hurries as soon as the page is free, again and again', () => {
  const told: string[] = [];
  holdAnswers();
  notifyManager.schedule(() => told.push('first'));
  vi.runAllTimers();
  notifyManager.schedule(() => told.push('second'));
  vi.runAllTimers();
  expect(told).toEqual(['first', 'second']);
});

it('goes on after one that failed', () => {
  const told: string[] = [];
  const tellNow = holdAnswers();
  notifyManager.schedule(() => {
    throw new Error('a screen that broke');
  });
  notifyManager.schedule(() => told.push('second'));
  expect(tellNow).toThrow('a screen that broke');
  vi.runAllTimers();
  expect(told).toEqual(['second']);
});
