import type { FeaturesSearch } from './route.tsx';
import classes from './features.module.css';

/** What every view of the features is given. */
export interface FeatureViewProps {
  readonly search: FeaturesSearch;
  readonly change: (changed: Partial<FeaturesSearch>) => void;
}

/** A feature's name, that opens what is known of it. */
export function FeatureName({
  name,
  change,
}: {
  readonly name: string;
  readonly change: FeatureViewProps['change'];
}) {
  return (
    <button
      type="button"
      className={`${classes.pick} ${classes.name}`}
      onClick={() => {
        change({ feature: name });
      }}
    >
      {name}
    </button>
  );
}
