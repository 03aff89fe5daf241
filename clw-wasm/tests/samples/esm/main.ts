import { evaluate, score as scoreOfAll, type ClwError, type Evaluation } from "clw";
import { check, instrument, score, type ScoreSheet } from "clw/score";

const sheet: ScoreSheet = score("swemwbs", [3, 3, 3, 3, 3, 3, 3]);
const [wellbeing] = sheet.measures;
const same: boolean = JSON.stringify(scoreOfAll("swemwbs", [3, 3, 3, 3, 3, 3, 3])) === JSON.stringify(sheet);

let code = "";
try {
  const evaluation: Evaluation = evaluate({ plan: {}, mapping: {}, tables: {} });
  evaluation.free();
} catch (error) {
  code = (error as ClwError).code;
}

const value = wellbeing?.outcome === "scored" ? wellbeing.value : undefined;
console.log(value, same, check("ons4", [8, 7, null, null]).state, instrument("ons4").items.length, code);
