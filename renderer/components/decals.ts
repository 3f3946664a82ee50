import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface DecalChoice {
  readonly decals: boolean;
}

const useDecalChoice = create<DecalChoice>()(
  persist((): DecalChoice => ({ decals: false }), { name: 'auspex.decals' }),
);

/** Are the areas of charts drawn with patterns? */
export function useDecals(): boolean {
  return useDecalChoice((state) => state.decals);
}

export function toggleDecals(): void {
  useDecalChoice.setState(({ decals }) => ({ decals: !decals }));
}
