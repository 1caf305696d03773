import { useRef } from 'react';
import { Link } from 'react-router';
import { writeSearch } from '../dashboard/address';
import { useTexts } from '../language/language';
import { Icon } from '../ui/Icon';
import { useFocusHandedOn } from '../ui/useFocusHandedOn';
import type { SavedView } from './views';

interface Props {
  views: SavedView[];
  full: boolean;
  onOpen: () => void;
  onDelete: (view: SavedView) => void;
}

export function ViewsList({ views, full, onOpen, onDelete }: Props) {
  const { views: texts } = useTexts();
  if (views.length === 0) {
    return <p className="views-none">{texts.none}</p>;
  }
  return (
    <ul className="views-list">
      {views.map((view) => (
        <View key={view.id} view={view} full={full} onOpen={onOpen} onDelete={onDelete} />
      ))}
    </ul>
  );
}

function View({ view, full, onOpen, onDelete }: Omit<Props, 'views'> & { view: SavedView }) {
  const { views: texts } = useTexts();
  const row = useRef<HTMLLIElement>(null);
  useFocusHandedOn(row);
  return (
    <li ref={row}>
      <Link className="menu-item" to={{ search: addressOf(view, full) }} onClick={onOpen}>
        {view.name}
      </Link>
      <button type="button" className="button quiet small" aria-label={`${texts.delete}: ${view.name}`} title={texts.delete} onClick={() => onDelete(view)}>
        <Icon name="close" />
      </button>
    </li>
  );
}

const addressOf = ({ filters, permalink }: SavedView, full: boolean) =>
  writeSearch({ state: { filters: filters ?? undefined, permalink: permalink ?? undefined }, full });
