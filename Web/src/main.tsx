import '@embedstack/embedded-dashboard/styles.css';
import './app.css';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/queryClient';
import { Root } from './Root';

createRoot(document.getElementById('root')!).render(<Root queries={createQueryClient()} />);
