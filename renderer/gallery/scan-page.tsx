import { useState, type ReactNode } from 'react';
import { useScanner } from '../till/scan/index.ts';
import { Button, Dialog, MoneyField, QuantityField, SearchField, TextField, useShortcut } from '../ui/index.ts';
import s from './gallery.module.css';

/** Fields of every kind beside what was scanned: to try a scanner, and for the tests of the listener. */
export function ScanPage(): ReactNode {
  const [scans, setScans] = useState<readonly string[]>([]);
  const [search, setSearch] = useState('');
  const [changes, setChanges] = useState(0);
  const [money, setMoney] = useState('');
  const [moneyChanges, setMoneyChanges] = useState(0);
  const [name, setName] = useState('');
  const [quantity_milli, setQuantity] = useState(1000);
  const [isOpen, setIsOpen] = useState(false);
  const [enters, setEnters] = useState(0);
  const [stars, setStars] = useState(0);
  useScanner((code) => setScans((before) => [...before, code]));
  useShortcut('confirm', () => setEnters((count) => count + 1), { inFields: true });
  useShortcut('quantity', () => setStars((count) => count + 1));
  return (
    <main className={s['page']}>
      <h1>Scanner</h1>
      <SearchField
        isArmed
        label="Search"
        onChange={(text) => {
          setSearch(text);
          setChanges((count) => count + 1);
        }}
        value={search}
      />
      <MoneyField
        label="Money"
        onChange={(text) => {
          setMoney(text);
          setMoneyChanges((count) => count + 1);
        }}
        value={money}
      />
      <TextField label="Name" onChange={setName} value={name} />
      <QuantityField label="Quantity" onChange={setQuantity} quantity_milli={quantity_milli} />
      <Button onPress={() => setIsOpen(true)}>Open dialog</Button>
      <Dialog isOpen={isOpen} onClose={() => setIsOpen(false)} title="A dialog">
        <TextField autoFocus label="Inside" onChange={setName} value={name} />
      </Dialog>
      <output data-testid="state">
        {JSON.stringify({ scans, search, changes, money, moneyChanges, name, quantity_milli, enters, stars })}
      </output>
    </main>
  );
}
