export function RunScreen() {
  return <main>Run</main>;
}
