import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Version } from '../../components/models/answers.ts';
import classes from '../../components/models/models.module.css';

/** A version as a link to its card, with the place it holds where that is wanted. */
export function VersionName({
  version,
  hasAlias = false,
}: {
  readonly version: Version;
  readonly hasAlias?: boolean;
}) {
  const { t } = useTranslation(['models', 'engine']);
  const name = t('versions.name', {
    family: t(`engine:evaluation.families.${version.family}`),
    version: version.version,
  });
  return (
    <span className={classes.mark}>
      <Link to="/models/$versionId" params={{ versionId: String(version.id) }}>
        {name}
        {version.sport === 'football' ? '' : ` · ${t(`engine:monitoring.sports.${version.sport}`)}`}
      </Link>
      {hasAlias &&
        version.aliases.map(({ alias, championship }) => (
          <span
            key={`${alias} ${championship ?? ''}`}
            className={alias === 'champion' ? classes.badge : `${classes.badge} ${classes.quiet}`}
          >
            {t(`aliases.${alias}`)}
            {championship === null ? '' : ` · ${championship}`}
          </span>
        ))}
    </span>
  );
}
