export function DataScreen() {
  return <main>Data</main>;
}
