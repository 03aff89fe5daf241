// The wording that may be shipped, with whose it is and by what licence. All other wording is the deployer's to load.
//
// ons4            Office for National Statistics, Personal well-being user guidance, section 2; Open Government
//                 Licence v3.0. https://www.ons.gov.uk/peoplepopulationandcommunity/wellbeing/methodologies/personalwellbeingsurveyuserguide
// ons-loneliness  Office for National Statistics (2018), Measuring loneliness, section 4; Open Government Licence v3.0.
//                 https://www.ons.gov.uk/peoplepopulationandcommunity/wellbeing/methodologies/measuringlonelinessguidanceforuseofthenationalindicatorsonsurveys
// phq-9, gad-7    Spitzer, Williams, Kroenke and colleagues: "No permission required to reproduce, translate, display or
//                 distribute." Texts and codes as in LOINC 44249-1 and 69737-5. https://loinc.org/69729-2

const openGovernment = "Contains public sector information licensed under the Open Government Licence v3.0.";
const pfizer =
  "Developed by Drs Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues. No permission required to reproduce, translate, display or distribute.";
const twoWeeks =
  "Over the last 2 weeks, how often have you been bothered by any of the following problems?";
const howOften = { 0: "Not at all", 1: "Several days", 2: "More than half the days", 3: "Nearly every day" };
const ends = (what) => [`not at all ${what}`, `completely ${what}`];
const texts = (items) => Object.fromEntries(Object.entries(items).map(([id, text]) => [id, { text }]));

export const shipped = {
  ons4: {
    introduction:
      "Next are four questions about your feelings on aspects of your life. There are no right or wrong answers. For each of these questions, give an answer on a scale of 0 to 10, where 0 is “not at all” and 10 is “completely”.",
    items: {
      "life-satisfaction": {
        text: "Overall, how satisfied are you with your life nowadays?",
        ends: ends("satisfied"),
      },
      worthwhile: {
        text: "Overall, to what extent do you feel that the things you do in your life are worthwhile?",
        ends: ends("worthwhile"),
      },
      happy: { text: "Overall, how happy did you feel yesterday?", ends: ends("happy") },
      anxious: {
        text: "On a scale where 0 is “not at all anxious” and 10 is “completely anxious”, overall, how anxious did you feel yesterday?",
        ends: ends("anxious"),
      },
    },
    licence: `Source: Office for National Statistics. ${openGovernment}`,
  },
  "ons-loneliness": {
    items: { loneliness: { text: "How often do you feel lonely?" } },
    options: { 1: "Often or always", 2: "Some of the time", 3: "Occasionally", 4: "Hardly ever", 5: "Never" },
    licence: `Source: Office for National Statistics. ${openGovernment}`,
  },
  "phq-9": {
    introduction: twoWeeks,
    items: texts({
      interest: "Little interest or pleasure in doing things",
      mood: "Feeling down, depressed, or hopeless",
      sleep: "Trouble falling or staying asleep, or sleeping too much",
      energy: "Feeling tired or having little energy",
      appetite: "Poor appetite or overeating",
      "self-worth": "Feeling bad about yourself – or that you are a failure or have let yourself or your family down",
      concentration: "Trouble concentrating on things, such as reading the newspaper or watching television",
      movement:
        "Moving or speaking so slowly that other people could have noticed. Or the opposite – being so fidgety or restless that you have been moving around a lot more than usual",
      "self-harm": "Thoughts that you would be better off dead, or of hurting yourself in some way",
    }),
    options: howOften,
    licence: pfizer,
  },
  "gad-7": {
    introduction: twoWeeks,
    items: texts({
      nervous: "Feeling nervous, anxious or on edge",
      "uncontrolled-worry": "Not being able to stop or control worrying",
      worry: "Worrying too much about different things",
      relaxing: "Trouble relaxing",
      restless: "Being so restless that it is hard to sit still",
      irritable: "Becoming easily annoyed or irritable",
      afraid: "Feeling afraid as if something awful might happen",
    }),
    options: howOften,
    licence: pfizer,
  },
};
