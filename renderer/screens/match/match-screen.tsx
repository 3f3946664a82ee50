export function MatchScreen() {
  return <main>Match</main>;
}
