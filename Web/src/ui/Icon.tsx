const PATHS = {
  home: 'M3 9.5 10 4l7 5.5V16a1 1 0 0 1-1 1h-4v-5H8v5H4a1 1 0 0 1-1-1z',
  chart: 'M4 16V9m4 7V4m4 12v-5m4 5V7',
  audit: 'M6 3h6l4 4v10H6zm6 0v4h4M9 11h4m-4 3h4',
  clinics: 'M4 17V5h7v12m0-8h5v8M7 8h1m-1 3h1m-1 3h1m5-2h1m-1 3h1M2.5 17h15',
  key: 'M7.5 12.5a3.5 3.5 0 1 1 3.3-4.7H17v3h-2V13h-2.5v-2.2h-1.7a3.5 3.5 0 0 1-3.3 1.7zM7.3 9h.4',
  block: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM5 5l10 10',
  menu: 'M3 6h14M3 10h14M3 14h14',
  link: 'M8.5 11.5 11.5 8.5M9 6l1.5-1.5a3.2 3.2 0 0 1 4.5 4.5L13.5 10.5M11 14l-1.5 1.5A3.2 3.2 0 0 1 5 11l1.5-1.5',
  expand: 'M4 8V4h4m4 0h4v4m0 4v4h-4m-4 0H4v-4',
  shrink: 'M8 4v4H4m12 0h-4V4m0 12v-4h4M4 12h4v4',
  power: 'M10 3v6M6.2 5.8a6 6 0 1 0 7.6 0',
  pulse: 'M2.5 10h3l2-5 4 10 2-5h4',
  bookmark: 'M6 3h8v14l-4-3-4 3z',
  download: 'M10 3v9m-3.5-3.5L10 12l3.5-3.5M4 16h12',
  check: 'm5 10.5 3.5 3.5L15 6.5',
  close: 'm5 5 10 10M15 5 5 15',
  up: 'm6 12 4-4 4 4',
  arrow: 'M4 10h12m-4.5-4.5L16 10l-4.5 4.5',
} as const;

export type IconName = keyof typeof PATHS;

/** A drawing beside words, or in a control that has a name. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
