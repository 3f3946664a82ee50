import classes from './data.module.css';

export type Tone = 'good' | 'warning' | 'bad' | 'neutral';

const signs: Readonly<Record<Tone, string>> = { good: '✓', warning: '!', bad: '✗', neutral: '·' };

/** A word on how something stands, with a sign beside its colour. */
export function ToneBadge({ tone, text }: { readonly tone: Tone; readonly text: string }) {
  return (
    <span className={classes.badge} data-tone={tone}>
      <span aria-hidden>{`${signs[tone]} `}</span>
      {text}
    </span>
  );
}
