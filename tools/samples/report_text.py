"""The words of `water-report.pdf`. The supplier, the places and the figures are invented."""

# ruff: noqa: RUF001  printed English has curly quotes, dashes and a minus sign; the reader must meet them

from typing import Any

TITLE = "Drinking Water Quality in 2025"
RUNNING_TITLE = "Water quality 2025"

SUPPLY_ZONES = {
    "ruled": True,
    "widths_mm": [38, 26, 26, 26, 26, 24],
    "rows": [
        ["Supply zone", "Population", "Samples", "Failures", "Pass rate", "Trend"],
        ["Kirkwater", "18,420", "1,204", "2", "99.83 %", "stable"],
        ["Upper Dale", "6,115", "612", "0", "100.00 %", "better"],
        ["Netherby", "9,870", "803", "3", "99.63 %", "worse"],
        ["Port Ellery", "22,305", "1,388", "1", "99.93 %", "better"],
        ["Hill farms", "1,240", "296", "4", "98.65 %", "stable"],
        ["All zones", "57,950", "4,303", "10", "99.77 %", "better"],
    ],
}

PARAMETERS = {
    "ruled": False,
    "widths_mm": [44, 24, 26, 24, 24, 24],
    "rows": [
        ["Parameter", "Unit", "Limit", "Mean", "Maximum", "Samples"],
        ["Nitrate", "mg/l", "50", "18.4", "41.7", "312"],
        ["Lead", "µg/l", "10", "0.9", "11.2", "288"],
        ["Turbidity", "NTU", "1.0", "0.12", "0.74", "1,460"],
        ["Free chlorine", "mg/l", "0.5", "0.31", "0.48", "1,460"],
        ["Trihalomethanes", "µg/l", "100", "37.5", "82.1", "96"],
        ["Hydrogen ion (pH)", "pH", "6.5–9.5", "7.6", "8.2", "687"],
    ],
}

SPENDING = {
    "ruled": True,
    "widths_mm": [70, 32, 32, 32],
    "rows": [
        ["Work", "2024 (£)", "2025 (£)", "Change"],
        ["Mains renewal", "1,284,000", "1,912,500", "+49 %"],
        ["Treatment works", "640,200", "588,700", "−8 %"],
        ["Lead pipe replacement", "212,400", "306,900", "+44 %"],
        ["Sampling and laboratory", "198,750", "205,300", "+3 %"],
        ["Total", "2,335,350", "3,013,400", "+29 %"],
    ],
}

PAGES: list[dict[str, Any]] = [
    {
        "layout": "title",
        "pieces": [
            ("title", TITLE),
            ("subtitle", "Annual report to customers and to the inspectorate"),
            ("subtitle", "Kirkwater Rural Supply, 30 January 2026"),
            ("break", None),
            ("h1", "1 Summary"),
            (
                "p",
                (
                    "In 2025 we took 4,303 samples at treatment works, reservoirs and customers’ taps. All but ten met "
                    "every limit in the regulations, a pass rate of 99.77 per cent, against 99.61 per cent the year before."
                ),
            ),
            (
                "p",
                (
                    "Six of the ten failures were traces of lead or iron from old pipes inside properties. Two were caused "
                    "by work on the Netherby main in June, and two by heavy rain on the hill farms in November. No failure "
                    "was a danger to health, and each was followed by a clear repeat sample within 48 hours."
                ),
            ),
            (
                "p",
                (
                    "We replaced 11.4 kilometres of main, more than in any year since 1998, and offered free lead pipe "
                    "surveys to 640 homes built before 1970. Four hundred and twelve owners accepted."
                ),
            ),
            ("h1", "2 Where the water comes from"),
            ("h2", "2.1 Sources"),
            (
                "p",
                (
                    "Two thirds of the supply is surface water from the Dale reservoir, which holds 4.1 million cubic "
                    "metres when full. The rest comes from three boreholes in the sandstone east of Port Ellery, at depths "
                    "between 60 and 95 metres."
                ),
            ),
            (
                "p",
                (
                    "The spring was dry. By the end of May the reservoir stood at 61 per cent, and from 9 June the "
                    "boreholes carried half of the demand. Normal working returned on 3 October."
                ),
            ),
            ("break", None),
            ("h2", "2.2 Treatment"),
            (
                "p",
                (
                    "Reservoir water is clarified, passed through rapid gravity filters and disinfected with chlorine. "
                    "Borehole water needs only disinfection, except at Ellery 3, where an ion exchange plant has reduced "
                    "nitrate since 2019."
                ),
            ),
            (
                "p",
                (
                    "In March we fitted continuous turbidity meters to all eight filters. A filter that exceeds 0.3 NTU is "
                    "now taken out of service by the control system without waiting for an operator."
                ),
            ),
            ("h1", "3 How we sample"),
            (
                "p",
                (
                    "Taps are chosen at random by a computer from the list of addresses in each zone. A sampler visits "
                    "between seven in the morning and four in the afternoon, runs no water first, and takes four bottles:"
                ),
            ),
            ("bullet", "one litre from the first draw, for metals;"),
            ("bullet", "half a litre after flushing, for bacteria, in a sterile bottle;"),
            ("bullet", "one litre for pesticides, in brown glass;"),
            ("bullet", "a quarter of a litre that is tested at the tap for chlorine, pH and temperature."),
            (
                "p",
                (
                    "Bottles travel in the dark at 5 ± 3 °C and reach the laboratory in Aberdeen within twelve hours. "
                    "The laboratory is accredited to ISO/IEC 17025 for every test in this report."
                ),
            ),
            (
                "p",
                (
                    "Anyone may ask for the results of their own street. They are on our website by post code, and a "
                    "printed copy is free of charge."
                ),
            ),
        ],
    },
    {
        "layout": "one",
        "pieces": [
            ("h1", "4 Results"),
            ("h2", "4.1 By supply zone"),
            (
                "p",
                (
                    "A sample passes when every parameter tested in it is within its limit. The zones differ because "
                    "their pipes do: most of the iron main that is still in the ground lies under the hill farms and in "
                    "the older streets of Netherby."
                ),
            ),
            ("caption", "Table 1: Samples and failures by supply zone, 2025"),
            ("table", SUPPLY_ZONES),
            ("space", 8),
            (
                "p",
                (
                    "Netherby is the only zone with more failures than last year. Two of its three came from discoloured "
                    "water on 17 and 18 June, when a contractor closed a valve in the wrong order."
                ),
            ),
            ("h2", "4.2 By parameter"),
            (
                "p",
                (
                    "The table lists the parameters that customers ask about most. The limit is the prescribed "
                    "concentration or value in the regulations of 2016."
                ),
            ),
            ("caption", "Table 2: Selected parameters at customers’ taps, 2025"),
            ("table", PARAMETERS),
            ("space", 8),
            (
                "p",
                (
                    "The highest lead result, 11.2 µg/l, was found in a house in Mill Lane with its original service pipe. "
                    "The pipe was replaced in August, and three later samples were below 1 µg/l."
                ),
            ),
            ("h2", "4.3 What it cost"),
            ("caption", "Table 3: Spending on water quality"),
            ("table", SPENDING),
        ],
    },
    {
        "layout": "two",
        "pieces": [
            ("h1", "5 Events"),
            ("h2", "5.1 Discoloured water in Netherby"),
            (
                "p",
                (
                    "On 17 June a valve in Station Road was closed before the parallel main had been opened. The flow in "
                    "the old main reversed and lifted iron deposits. Between 10:40 and 15:15 we received 86 calls."
                ),
            ),
            (
                "p",
                (
                    "We flushed eleven hydrants through the night. Samples at six properties showed iron up to 940 µg/l; "
                    "the limit is 200. By noon the next day all were clear. Every caller was credited with £ 25."
                ),
            ),
            (
                "p",
                (
                    "Valve orders are now checked by a second person who was not at the planning meeting, and read back "
                    "by radio before each turn."
                ),
            ),
            ("h2", "5.2 Rain on the hill farms"),
            (
                "p",
                (
                    "Between 21 and 23 November 118 millimetres of rain fell in the upper valley. Turbidity at the small "
                    "works rose to 0.9 NTU, and chlorine was increased by hand. Two samples contained coliform bacteria "
                    "at very low counts; neither contained E. coli."
                ),
            ),
            (
                "p",
                (
                    "A boil notice was given to 31 properties as a precaution and lifted after 52 hours. An ultraviolet "
                    "lamp will be installed at the works before next winter."
                ),
            ),
            ("break", None),
            ("h1", "6 Plans for 2026"),
            (
                "p",
                "The programme below has been agreed with the Inspectorate. Progress will be reported every quarter.",
            ),
            ("bullet", "Renew 9 kilometres of iron main in Netherby, beginning in April."),
            ("bullet", "Replace 450 lead service pipes, at no cost to owners."),
            ("bullet", "Install ultraviolet treatment at the hill farms by 31 October."),
            ("bullet", "Publish results within five working days of sampling."),
            ("h1", "7 Contact"),
            (
                "p",
                (
                    "Questions about this report are welcome. Write to Water Quality, Kirkwater Rural Supply, 2 Mill Lane, "
                    "Kirkwater KW9 3TT, or telephone 01632 960 500 on weekdays between 8:30 and 17:00."
                ),
            ),
            (
                "p",
                (
                    "In an emergency, such as water that smells of fuel or has changed colour suddenly, call 01632 960 555 "
                    "at any time. Do not drink it, and keep a bottle of it for us."
                ),
            ),
        ],
    },
]
