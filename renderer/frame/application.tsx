import { MantineProvider } from '@mantine/core';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from '../connection/query-client.ts';
import { RecoveryGate } from '../screens/recovery/recovery-gate.tsx';
import { resolveCssVariables, theme } from '../theme/theme.ts';
import { router } from './router.ts';
import { styleNonce } from './style-nonce.ts';

/** @param scheme the colours to begin with, until the engine has said which are wanted */
export function renderApplication(root: HTMLElement, scheme: 'system' | 'light' | 'dark'): void {
  // Where the kit's own libraries look for the nonce of the style elements that they make.
  Object.assign(globalThis, { __webpack_nonce__: styleNonce() });
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={resolveCssVariables}
        defaultColorScheme={scheme === 'system' ? 'auto' : scheme}
        getStyleNonce={styleNonce}
      >
        <QueryClientProvider client={queryClient}>
          <Notifications position="bottom-right" limit={4} />
          <RecoveryGate>
            <RouterProvider router={router} />
          </RecoveryGate>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
