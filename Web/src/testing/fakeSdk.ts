export { embedDashboard, embeds, standing } from '../../packages/embedded-dashboard/src/testing/fakeSdk';
