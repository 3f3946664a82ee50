export function MatchesScreen() {
  return <main>Matches</main>;
}
