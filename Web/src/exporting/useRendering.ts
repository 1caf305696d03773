import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { failedCharts, type Format, render, save, type Shown } from './rendering';

const SAID_MS = 8_000;

/** The one file of a dashboard that is being made, if any. It ends with the page. */
export function useRendering(shown: Shown) {
  const running = useRef<AbortController>(null);
  const [trigger, setTrigger] = useState<HTMLElement | null>(null);
  const { mutate, reset, variables, data, isPending, error } = useMutation({
    mutationFn: async (format: Format) => {
      const end = (running.current = new AbortController());
      const file = await render(shown, format, end.signal);
      save(file);
      return { failedCharts: failedCharts(file) };
    },
  });

  useEffect(() => () => running.current?.abort(), []);
  useEffect(() => {
    const timer = data && setTimeout(reset, SAID_MS);
    return () => clearTimeout(timer);
  }, [data, reset]);

  return {
    making: isPending ? variables : undefined,
    made: data,
    problem: error,
    /** Takes what opens the choice of formats: the focus goes there from what disappears. */
    setTrigger,
    begin: mutate,
    again: () => {
      trigger?.focus();
      if (variables) {
        mutate(variables);
      }
    },
    /** Ends what is under way, and forgets what went wrong. */
    end: () => {
      trigger?.focus();
      running.current?.abort();
      reset();
    },
  };
}

export type Rendering = ReturnType<typeof useRendering>;
