export function ForecastsScreen() {
  return <main>Forecasts</main>;
}
