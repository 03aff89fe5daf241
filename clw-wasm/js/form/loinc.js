// LOINC codes read from loinc.org (https://loinc.org/69729-2, https://loinc.org/44261-6), for the two questionnaires
// that have them. LOINC is free of charge; its licence asks to keep the notice in README.md. No code is guessed.

const answers = { 0: "LA6568-5", 1: "LA6569-3", 2: "LA6570-1", 3: "LA6571-9" };

export const loincOf = {
  "phq-9": {
    panel: "44249-1",
    total: "44261-6",
    answers,
    items: {
      interest: "44250-9",
      mood: "44255-8",
      sleep: "44259-0",
      energy: "44254-1",
      appetite: "44251-7",
      "self-worth": "44258-2",
      concentration: "44252-5",
      movement: "44253-3",
      "self-harm": "44260-8",
    },
  },
  "gad-7": {
    panel: "69737-5",
    total: "70274-6",
    answers,
    items: {
      nervous: "69725-0",
      "uncontrolled-worry": "68509-9",
      worry: "69733-4",
      relaxing: "69734-2",
      restless: "69735-9",
      irritable: "69689-8",
      afraid: "69736-7",
    },
  },
};
