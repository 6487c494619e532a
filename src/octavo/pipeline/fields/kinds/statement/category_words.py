"""What bookings are called, by what they are for. English, German, French, Spanish, Italian, Portuguese, Dutch,
Polish, Hindi in Latin letters; some Chinese, Japanese, Russian, Turkish.

Small letters without accents, parted by `|`; `*` at an end stands for any letters that follow or lead. Phrases, not
single letters: what is short stands in too many other words.
"""

CREDIT, DEBIT, EITHER = 1, -1, 0
"""Which way the money must go."""

Rule = tuple[str, int, str]
"""Category, way, words."""

CLEAR: tuple[Rule, ...] = (
    (
        "refund",
        CREDIT,
        (
            "refund*|reimburse*|ruckerstattung|erstattung|gutschrift retoure|storno|remboursement|reembolso"
            "|devolucion|rimborso|estorno|terugbetaling|zwrot|refundacja|chargeback|reversal|iade|vozvrat|возврат"
            "|返金|退款"
        ),
    ),
    (
        "fees",
        DEBIT,
        (
            "atm fee*|withdrawal fee*|overdraft fee*|service charge*|monthly fee|maintenance fee|annual fee"
            "|late fee*|bank charge*|bank fee*|account fee*|card fee*|transaction fee*|wire fee"
            "|wire transfer fee*|foreign transaction fee|nsf fee|sms charge*|sms alert*|*kontofuhrung*"
            "|kontogebuhr*|*entgelt*|*entgeltabschluss*|*gebuhr|*gebuhren|frais bancaire*|frais de tenue*"
            "|frais de gestion|frais carte|cotisation carte|commission*|comision*|mantenimiento de cuenta"
            "|canone mensile|canone conto|spese di tenuta|spese bancarie|commissioni|imposta di bollo|tarifa*"
            "|anuidade|manutencao de conta|bankkosten|kosten rekening|pakketkosten|oplata za prowadzenie|prowizja"
            "|oplata za karte|debit card amc|min bal chg*|minimum balance charge*|комиссия|手续费|手数料|masraf"
            "|hesap isletim"
        ),
    ),
    (
        "interest",
        EITHER,
        (
            "interest|interest paid|int paid|int pd|int credit|credit interest|debit interest|*zinsen|habenzins*"
            "|sollzins*|zinsgutschrift|interets|agios|intereses|interessi|juros|rente spaarrekening|creditrente"
            "|debetrente|odsetki|проценты|利息|faiz"
        ),
    ),
    (
        "salary",
        CREDIT,
        (
            "salary|salaries|payroll|wages|wage|direct dep payroll|direct deposit payroll|paycheck|pay cheque"
            "|lohn|gehalt|*lohnabrechnung*|lohn gehalt|lohn / gehalt|bezuge|salaire*|paie|virement salaire|nomina"
            "|salario|sueldo|stipendio|emolumenti|vencimento|ordenado|salaris|loon|wynagrodzenie|pensja|zarplata"
            "|зарплата|заработная плата|工资|薪资|给与|給与|給料|maas odemesi|employer"
        ),
    ),
    (
        "benefits",
        CREDIT,
        (
            "pension*|social security|ssa treas*|unemployment|child benefit|universal credit|state pension|rente"
            "|rentenzahlung|*rentenversicherung*|kindergeld|familienkasse|arbeitslosengeld|burgergeld|caf"
            "|allocation*|retraite|pole emploi|france travail|pension inss|subsidio|seguridad social|inps"
            "|pensione|assegno unico|aow|uwv|kinderbijslag|toeslag*|zus|emerytura|zasilek|500 plus|800 plus"
            "|пенсия|年金|emekli"
        ),
    ),
    (
        "taxes",
        EITHER,
        (
            "income tax|tax payment|hmrc|irs|usataxpymt|estimated tax|property tax|council tax|gst payment"
            "|vat payment|tds|advance tax|finanzamt|*steuer|*steuern|bundeskasse|impot*|dgfip|tresor public"
            "|taxe fonciere|taxe d habitation|urssaf|agencia tributaria|aeat|impuesto*|hacienda|agenzia entrate"
            "|agenzia delle entrate|f24|imu|tari|imposto*|receita federal|darf|belastingdienst|gemeentebelasting*"
            "|urzad skarbowy|podatek|налог*|税金|vergi"
        ),
    ),
    (
        "mortgage",
        DEBIT,
        (
            "mortgage*|home loan|hypothek*|baufinanzierung|bausparen|pret immobilier|hipoteca*|mutuo"
            "|credito habitacao|hypotheek*|kredyt hipoteczny|ипотека|房贷|住宅ローン|konut kredisi"
        ),
    ),
    (
        "loan",
        EITHER,
        (
            "loan repayment|loan payment|loan emi|personal loan|car loan|auto loan|student loan|emi|loan*"
            "|ratenkredit|*darlehen*|kreditrate|tilgung|echeance pret|remboursement pret|pret conso|prestamo*"
            "|prestito*|finanziamento|emprestimo*|financiamento|lening|kredyt*|rata kredytu|pozyczka|кредит*|贷款"
            "|ローン返済|kredi taksit"
        ),
    ),
    (
        "rent",
        DEBIT,
        (
            "rent|rental payment|rent payment|house rent|lease payment|landlord|miete|kaltmiete|warmmiete|*miete"
            "|hausverwaltung|nebenkosten|hausgeld|loyer*|alquiler|renta mensual|arriendo|affitto|canone locazione"
            "|aluguel|renda casa|condominio|huur|huurbetaling|czynsz|najem|аренда|房租|家賃|kira odemesi"
        ),
    ),
    (
        "insurance",
        DEBIT,
        (
            "insurance*|insur|life ins|premium lic|lic of india|geico|allianz|axa|generali|aviva|state farm"
            "|*versicherung*|versich|krankenkasse|*krankenkasse*|huk coburg|ergo|assurance*|mutuelle|maif|maaf"
            "|matmut|macif|seguro*|mapfre|assicurazion*|unipolsai|verzekering*|zorgverzekering|ubezpieczen*|pzu"
            "|страхов*|保险|保険|sigorta"
        ),
    ),
    (
        "utilities",
        DEBIT,
        (
            "electric*|electricity|power bill|energy bill|gas bill|water bill|waterworks|water board|water utility|utilities|utility"
            "|sewer*|waste management|con edison|pg e|pge|duke energy|british gas|eon|octopus energy|thames water"
            "|strom*|*stadtwerke*|vattenfall|enbw|energie*|wasserwerk*|abfallwirtschaft|edf|engie|veolia|gaz|eau"
            "|facture electricite|electricite|iberdrola|endesa|naturgy|agua|luz|enel|eni gas|a2a|bolletta*|acqua"
            "|gas naturale|edp|galp energia|energia|sabesp|enexis|eneco|essent|waterbedrijf|energa|tauron|prad"
            "|gazownia|wodociag*|bescom|mseb|tata power|коммунал*|электроэнерг*|电费|水费|電気|ガス料金|水道|elektrik"
            "|dogalgaz|su faturasi"
        ),
    ),
    (
        "telecom",
        DEBIT,
        (
            "phone bill|mobile bill|mobile recharge|prepaid recharge|telephone|broadband|internet bill|internet"
            "|verizon|at t|t mobile|tmobile|comcast|xfinity|vodafone|ee limited|bt group|virgin media|telekom*"
            "|1 1 telecom|1und1|congstar|rundfunk*|orange sa|orange france|bouygues|sfr|free mobile|free telecom"
            "|movistar|telefonica|yoigo|tim spa|wind tre|fastweb|iliad|meo|nos comunicacoes|claro|kpn|ziggo"
            "|t mobile polska|plus gsm|airtel|jio|bsnl|мтс|билайн|мегафон|话费|携帯|docomo|softbank|turkcell"
            "|turk telekom"
        ),
    ),
    (
        "education",
        EITHER,
        (
            "tuition|school fee*|university|college|course fee*|student fee*|schule|universitat|studienbeitrag"
            "|semesterbeitrag|kindergarten|kita|ecole|universite|cantine|creche|colegio|universidad*|matricula"
            "|escuela|scuola|universita|retta|escola|faculdade|mensalidade|universidade|studiegeld|collegegeld"
            "|kinderopvang|szkola|przedszkole|czesne|универ*|школа|学费|学費|授業料|okul|udemy|coursera"
        ),
    ),
    (
        "health",
        DEBIT,
        (
            "pharmacy|apotek|drugstore|chemist|hospital|clinic|medical|doctor|dental|dentist|optician|physio*|cvs"
            "|walgreens|apotheke*|arzt*|zahnarzt*|*praxis|klinik*|krankenhaus|optiker|pharmacie|medecin|dentiste"
            "|hopital|clinique|laboratoire|farmacia*|medico|dentista|clinica|ospedale|sanitaria|drogaria"
            "|laboratorio|apotheek|ziekenhuis|tandarts|huisarts|apteka|lekarz|przychodnia|stomatolog*|аптека"
            "|клиника|больниц*|药|医院|薬局|病院|eczane|hastane"
        ),
    ),
    (
        "fuel",
        DEBIT,
        (
            "fuel|petrol|gas station|gasoline|shell|bp|exxon*|chevron|texaco|esso|aral|total energies"
            "|totalenergies|jet tankstelle|*tankstelle*|tanken|station service|carburant|gasolinera|gasolina"
            "|repsol|cepsa|distributore|carburante|q8|agip|tamoil|posto|combustivel|ipiranga|petrobras"
            "|tankstation|benzine|orlen|lotos|stacja paliw|indian oil|indianoil|hpcl|bpcl|лукойл|азс|роснефть|加油"
            "|ガソリン|benzin*|opet"
        ),
    ),
    (
        "groceries",
        DEBIT,
        (
            "grocery|groceries|supermarket*|supermkt|walmart|whole foods|wholefds|trader joe*|kroger|safeway"
            "|publix|costco|aldi|lidl|tesco|sainsbury*|asda|morrisons|waitrose|coop|co op|rewe|edeka|kaufland"
            "|netto marken*|penny markt|*supermarkt*|backerei|bakery|carrefour|leclerc|intermarche|auchan"
            "|monoprix|franprix|super u|casino supermarche|boulangerie|mercadona|eroski|alcampo|supermercado*"
            "|supermercato|supermercati|conad|esselunga|panetteria|pao de acucar|extra hiper|pingo doce"
            "|continente|padaria|albert heijn|jumbo|plus supermarkt|biedronka|zabka|spozywcz*|big bazaar|dmart"
            "|bigbasket|reliance fresh|blinkit|zepto|пятерочка|магнит|перекресток|продукты|超市|スーパー|イオン|セブンイレブン"
            "|market migros|migros|bim|a101"
        ),
    ),
    (
        "dining",
        DEBIT,
        (
            "restaurant*|restaurante|ristorante|cafe|coffee|starbucks|costa coffee|mcdonald*|burger king|kfc"
            "|subway|domino*|pizza*|pret a manger|dunkin*|chipotle|uber eats|ubereats|doordash|grubhub|deliveroo"
            "|just eat|lieferando|gaststatte|gasthaus|imbiss|bistro|brasserie|traiteur|pub|glovo|trattoria"
            "|osteria|pizzeria|gelateria|lanchonete|ifood|churrascaria|thuisbezorgd|eetcafe|restauracja|kawiarnia"
            "|pyszne|swiggy|zomato|ресторан|кафе|餐厅|餐饮|美团|饿了么|レストラン|カフェ|lokanta|yemeksepeti"
        ),
    ),
    (
        "transport",
        DEBIT,
        (
            "uber|lyft|taxi|metro ticket*|metro card|metrocard|subway fare|bus ticket*|train ticket*|railway|rail|amtrak|trainline|tfl"
            "|tfl travel*|parking|toll|fastag|deutsche bahn|db vertrieb|db fernverkehr|bvg|mvg|hvv|vbb"
            "|*verkehrsbetrieb*|parkhaus|parken|sncf|ratp|navigo|peage|stationnement|renfe|cercanias|peaje"
            "|aparcamiento|trenitalia|italo|atm milano|autostrade|telepass|parcheggio|estacionamento|pedagio"
            "|comboios|ns groep|ov chipkaart|parkeren|pkp|ztm|bilet|ola cabs|irctc|blablacar|bolt|free now"
            "|flixbus|такси|метро|яндекс такси|地铁|滴滴|打车|タクシー|jr東日本|スイカ|otopark|taksi"
        ),
    ),
    (
        "travel",
        DEBIT,
        (
            "airline*|airways|air ticket|flight*|hotel*|hostel|airbnb|booking com|expedia|agoda|ryanair|easyjet"
            "|lufthansa|united air*|delta air*|american air*|british airways|air france|klm|iberia|vueling"
            "|tap air|wizz air|emirates|indigo|makemytrip|marriott|hilton|ibis|accor|reiseburo|flug*|voyage*"
            "|agence de voyage|viaje*|vuelo|volo|viaggi*|hospedagem|pousada|decolar|reis|biuro podrozy|lot polish"
            "|авиа*|отель|酒店|机票|携程|ホテル|航空|otel|thy|pegasus"
        ),
    ),
    (
        "subscriptions",
        DEBIT,
        (
            "netflix|spotify|amazon prime|prime video|disney plus|disneyplus|hulu|hbo|apple com bill|apple itunes"
            "|itunes|icloud|google one|google play|youtube premium|youtube|audible|adobe|microsoft 365|dropbox"
            "|openai|github|patreon|subscription*|membership|abonnement*|mitgliedsbeitrag|abo|suscripcion*"
            "|abbonamento*|assinatura|subskrypcja|prenumerata|dazn|sky|canal plus|hotstar|подписка|会員費|会费|uyelik"
        ),
    ),
    (
        "entertainment",
        DEBIT,
        (
            "cinema|theatre|theater|movie*|museum|concert*|ticketmaster|eventim|steam games|steampowered|steam"
            "|playstation|xbox|nintendo|bowling|kino|konzert*|musee|cine|teatro|museo|biglietto|ingresso|bioscoop"
            "|bilety|bookmyshow|fitness*|gym|golds gym|mcfit|basic fit|sport*|кино|театр|影院|映画|lotto|lottery"
            "|loterie|loteria|betting|bet365|tipico"
        ),
    ),
    (
        "donation",
        DEBIT,
        (
            "donation*|charity|unicef|red cross|spende|spenden|don a|croix rouge|donativo|donacion|donazione"
            "|doacao|donatie|darowizna|oxfam|greenpeace|пожертвован*|捐款|寄付|bagis"
        ),
    ),
    (
        "investment",
        EITHER,
        (
            "dividend*|brokerage|securities|stock purchase|mutual fund*|sip|zerodha|groww|vanguard|fidelity"
            "|robinhood|etoro|coinbase|binance|trade republic|wertpapier*|sparplan|fonds|bourse|assurance vie|pea"
            "|inversion*|fondo*|dividendo*|investiment*|titoli|aplicacao|resgate|cdb|belegging*|degiro|fundusz"
            "|obligacje|инвест*|基金|股票|投資|配当|yatirim|401k|ira contribution"
        ),
    ),
    (
        "shopping",
        DEBIT,
        (
            "amazon*|amzn*|ebay|etsy|aliexpress|shein|zalando|ikea|target|best buy|home depot|lowe s|lowes|macy*"
            "|zara|primark|uniqlo|decathlon|otto gmbh|mediamarkt|media markt|saturn|dm drogerie*|dm fil*|rossmann"
            "|hornbach|obi|bauhaus|fnac|darty|leroy merlin|la redoute|cdiscount|el corte ingles|corte ingles"
            "|euronics|unieuro|mercado livre|mercadolivre|magazine luiza|magalu|americanas|bol com|hema|kruidvat"
            "|coolblue|allegro|empik|flipkart|myntra|ajio|meesho|clothing|clothes|shoes|bookshop|bookstore"
            "|department store|kaufhaus|wildberries|ozon|淘宝|京东|天猫|楽天|trendyol|hepsiburada"
        ),
    ),
)

BY_CHANNEL: tuple[Rule, ...] = (
    (
        "cash_withdrawal",
        DEBIT,
        (
            "atm|atm withdrawal*|cash withdrawal*|cash wdl|atw|nwd|cashpoint|cash machine|withdrawal atm"
            "|geldautomat|ga nr*|bargeldauszahlung|barauszahlung|auszahlung|bargeld|retrait*|retrait dab|dab"
            "|cajero*|retirada efectivo|reintegro|prelievo*|prelevamento|bancomat|saque*|levantamento*|geldopname"
            "|geldautomaat|wyplata*|bankomat|снятие наличных|банкомат|取款|现金|ATM出金|nakit cekim|para cekme"
        ),
    ),
    (
        "cash_deposit",
        CREDIT,
        (
            "cash deposit*|deposit cash|by cash|cash dep|cdm|bareinzahlung|einzahlung|versement especes"
            "|depot especes|ingreso efectivo|ingreso en efectivo|versamento contanti|deposito em dinheiro"
            "|deposito numerario|storting|wplata gotowk*|внесение наличных|现金存入|nakit yatirma"
        ),
    ),
    (
        "fees",
        DEBIT,
        "fee|fees|charge|charges|frais|costes|spese|taxa|kosten|oplata",
    ),
    (
        "card_payment",
        DEBIT,
        (
            "credit card payment|card payment autopay|cc payment|creditcard payment|*kreditkarte*"
            "|kreditkartenabrechnung|releve carte|releve differe|pago tarjeta|addebito carta|fatura cartao"
            "|pagamento cartao|creditcardafschrijving|splata karty|kredi karti"
        ),
    ),
    (
        "check",
        EITHER,
        "check|cheque|chq|chk|scheck|assegno|talon",
    ),
    (
        "transfer",
        EITHER,
        (
            "transfer*|tfr|xfer|wire|zelle|venmo|cash app|paypal|wise|revolut|online banking transfer"
            "|faster payment|fpi|fpo|bacs|ach|neft*|rtgs*|imps*|upi*|*uberweisung*|uberweisg|umbuchung"
            "|dauerauftrag|echtzeit*|virement*|vir sepa|vir inst|vir|transferencia*|traspaso|bizum|bonifico*"
            "|giroconto|doc ted|pix|mb way|overboeking*|overschrijving*|tikkie|przelew*|blik|перевод*|сбп|转账"
            "|轉帳|振込|振替|havale|eft"
        ),
    ),
)
"""How money went, where nothing says what for."""
