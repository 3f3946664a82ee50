import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';

export interface DelayedInputProps {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly placeholder?: string;
  /** The label is for screen readers alone. */
  readonly isLabelHidden?: boolean;
  readonly width?: number;
}

const delayMs = 250;

/** A text that is acted upon when typing pauses. A value that changes elsewhere takes its place. */
export function DelayedInput(props: DelayedInputProps) {
  const { label, value, onValue, isLabelHidden = false } = props;
  const [typed, setTyped] = useState(value);
  const [seen, setSeen] = useState(value);
  const tell = useDebouncedCallback(onValue, delayMs);
  if (value !== seen) {
    setSeen(value);
    if (value !== typed.trim()) setTyped(value);
  }
  return (
    <TextInput
      size="xs"
      type="search"
      {...(isLabelHidden ? { 'aria-label': label } : { label })}
      {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })}
      {...(props.width === undefined ? {} : { w: props.width })}
      value={typed}
      maxLength={200}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
    />
  );
}
