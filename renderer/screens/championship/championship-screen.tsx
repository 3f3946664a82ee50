export function ChampionshipScreen() {
  return <main>Championship</main>;
}
