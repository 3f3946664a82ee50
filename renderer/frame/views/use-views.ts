import { useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter, useRouterState, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { api, client } from '../../connection/client.ts';
import { queryClient } from '../../connection/query-client.ts';
import { notify } from '../notify.ts';
import { isSameSearch, itemName, viewsOf } from './view-values.ts';
import type { SavedView } from './view-values.ts';

/** Which view each screen was last set to; what is shown may have been changed since. */
const useChosen = create<Readonly<Record<string, string | undefined>>>(() => ({}));

type JsonRecord = Record<string, never>;

/** What the screen's search parameters are when it is opened without any wishes: an address holds its defaults too. */
function useOwnSearch(): unknown {
  const router = useRouter();
  const routeId = useRouterState({ select: ({ matches }) => matches.at(-1)?.routeId });
  const routes: Readonly<Record<string, { readonly options: { readonly validateSearch?: unknown } }>> =
    router.routesById;
  const validate = routeId === undefined ? undefined : routes[routeId]?.options.validateSearch;
  return useMemo(() => (hasParse(validate) ? validate.parse({}) : {}), [validate]);
}

function hasParse(value: unknown): value is { readonly parse: (search: unknown) => unknown } {
  return typeof value === 'object' && value !== null && 'parse' in value && typeof value.parse === 'function';
}

/** The saved views of a screen and what can be done with them. */
export function useViews(screen: string) {
  const { t } = useTranslation('frame');
  const navigate = useNavigate();
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const isOwn = isSameSearch(useOwnSearch(), search);
  const { data } = useQuery(api.workspace.list.queryOptions({ input: { kind: 'view' } }));
  const views = viewsOf(screen, data ?? []);
  const chosenName = useChosen((state) => state[screen]);
  const chosen = views.find(({ name }) => name === chosenName);

  const apply = (next: Readonly<Record<string, unknown>>, replace = false) =>
    void navigate({ to: '.', search: () => next as never, replace });
  const choose = (view: SavedView | undefined, replace = false) => {
    useChosen.setState({ [screen]: view?.name });
    apply(view?.search ?? {}, replace);
  };
  const put = async (view: SavedView) => {
    const { name, search: kept, isDefault } = view;
    const value = { search: kept as JsonRecord, isDefault };
    await client.workspace.put({ kind: 'view', name: itemName(screen, name), value });
    await queryClient.invalidateQueries({ queryKey: api.workspace.key() });
  };
  const attempt = (work: () => Promise<void>) => {
    void work().catch((error: unknown) => {
      notify.failure(error);
    });
  };

  // The screen opens with its default view where it is opened without any wishes.
  const preferred = views.find(({ isDefault }) => isDefault);
  const hasOpened = useRef(false);
  useEffect(() => {
    if (hasOpened.current || data === undefined) return;
    hasOpened.current = true;
    if (preferred && isOwn) {
      useChosen.setState({ [screen]: preferred.name });
      void navigate({ to: '.', search: () => preferred.search as never, replace: true });
    }
  }, [data, preferred, isOwn, navigate, screen]);

  return {
    views,
    chosen,
    isChanged: chosen ? !isSameSearch(chosen.search, search) : !isOwn,
    choose,
    /** Back to the chosen view as it was saved, or to the screen's own. */
    reset: () => {
      apply(chosen?.search ?? {});
    },
    save: (name: string) => {
      attempt(async () => {
        const isDefault = views.find((view) => view.name === name)?.isDefault ?? false;
        await put({ name, search, isDefault });
        useChosen.setState({ [screen]: name });
        notify.success(t('views.saved', { name }));
      });
    },
    add: (view: Pick<SavedView, 'name' | 'search'>) => {
      attempt(async () => {
        await put({ ...view, isDefault: false });
        choose({ ...view, isDefault: false });
      });
    },
    setDefault: (name: string | undefined) => {
      attempt(async () => {
        for (const view of views) {
          const isDefault = view.name === name;
          if (isDefault !== view.isDefault) await put({ ...view, isDefault });
        }
      });
    },
    remove: (view: SavedView) => {
      attempt(async () => {
        await client.workspace.remove({ kind: 'view', name: itemName(screen, view.name) });
        await queryClient.invalidateQueries({ queryKey: api.workspace.key() });
        useChosen.setState({ [screen]: undefined });
        notify.undo(t('views.removed', { name: view.name }), () => put(view));
      });
    },
  };
}
