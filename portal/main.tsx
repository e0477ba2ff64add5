import { createDOMRenderer, RendererProvider } from '@fluentui/react-components';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { GraphError } from './graph-client.ts';
import { router } from './router.tsx';
import { ColorSchemeProvider } from './shell/color-scheme.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id root');

// Styles are inserted at run time; without the page's nonce the content security policy would drop them.
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
const renderer = createDOMRenderer(document, nonce ? { styleElementAttributes: { nonce } } : {});

const queryClient = new QueryClient({
  defaultOptions: {
    // Without a connection a request fails and says so, instead of waiting in silence.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: 10_000,
      retry: (failures, error) =>
        failures < 2 && error instanceof GraphError && (error.status === 0 || error.status >= 500),
    },
  },
});

createRoot(root).render(
  <StrictMode>
    <RendererProvider renderer={renderer}>
      <ColorSchemeProvider>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </ColorSchemeProvider>
    </RendererProvider>
  </StrictMode>,
);
