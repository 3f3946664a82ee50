export function CalibrationScreen() {
  return <main>Calibration</main>;
}
