export function RunsScreen() {
  return <main>Runs</main>;
}
