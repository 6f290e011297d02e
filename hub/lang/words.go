package lang

import "strings"

// profile is how a language that is written in Latin letters is known.
type profile struct {
	lang    string
	small   map[string]bool // words that no sentence is without
	letters string          // that it has and most others have not
	marks   []string        // anything else that stands in its texts
	endings []string        // of its longer words
}

func set(words string) map[string]bool {
	out := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

var latins = []profile{
	{
		lang: "en",
		small: set(`a about after all am an and any are as at be been but by can could did do does for from get give had has
			have he her here him his how i if in into is it its just many me more most much my no not of on one or our out
			over she should so some than that the their them then there these they this those to too two up us was we were
			what when where which while who whom whose why will with would you your whether between during before because
			did didn doesn don isn aren wasn won wouldn couldn shouldn let list name please show tell used using make made
			take took think know like want need say said go went come came there's again ever never always still only very
			old long far big first last best another other anybody anyone someone something anything`),
		marks:   []string{"n't", "'ll ", "'re ", "'ve ", "sh", "wh", "th"},
		letters: "wk",
		endings: []string{"ing", "ed", "ght", "ness", "ship", "ful", "ly", "tion", "ment", "y", "ck", "er", "ow", "ers"},
	},
	{
		lang: "fr",
		small: set(`à ai aime ainsi alors as au aucun aucune aussi autre aux avec avez avoir avons c ça car ce ceci cela celle celui
			ces cet cette chez combien comme comment d dans de depuis des deux dites donc donner donnez dont du elle elles
			en encore entre es est et étaient était êtes être eu eux fait faire faut ici il ils j jamais je jusqu l la là le
			lequel laquelle les lesquels leur leurs lui m ma mais me même mes moi mon n ne ni nos notre nous on ont ou où par
			parce pas pendant peu peut peux plus pour pourquoi pouvez pouvons puis qu quand que quel quelle quelles quels
			quelque quelqu qui quoi rien s sa sans se sera serait ses si soit sommes son sont sous suis sur t ta tant te tes
			toi ton tous tout toute toutes très trop tu un une va vas vers veut veux voici vois voit vos votre vous voulez y
			avait avaient fut furent font faites vont allez allons dis dit bien sait sais savez puis-je lors entreprises`),
		letters: "çœùêèîôûëïæ",
		marks:   []string{"est-ce", "qu'", " d'", " l'", "j'", "c'est", "n'", "s'", "-t-", "-tu", "-vous", "-il", "-elle", "-nous", "-ils", "-je", " ?", "«", "»"},
		endings: []string{"eux", "euse", "aux", "ais", "ait", "aient", "ez", "ons", "oir", "ois", "eur", "eurs", "ent", "ique", "tion", "ée", "ées", "és", "elle", "ette", "ière", "iers", "ère"},
	},
	{
		lang: "es",
		small: set(`a acerca adónde al algo alguien alguna alguno algún allí antes aquí así aunque bajo bien cada casi como con
			contra cosa cosas cual cuál cuales cuáles cualquier cuando cuándo cuanta cuánta cuantas cuántas cuanto cuánto
			cuantos cuántos da dame de debe del desde después dice dime donde dónde dos durante e el él ella ellas ellos en
			entre era eran eres es esa esas ese eso esos esta está estaba estado están estar estas este esto estos fue
			fueron ha haber había hace hacer hacia han has hasta hay hizo hoy la las le les lista lo los más me menos mi mí
			mientras mis mucho muchos muy nada nadie ni no nos nosotros nuestra nuestro nunca o otra otras otro otros para
			pero por porque pueda puede pueden puedo que qué quien quién quienes quiénes quiere quieres se sea según ser si
			sí sido siempre sin sobre son soy su sus también tan tanto te tenemos tener tengo ti tiene tienen tienes toda
			todas todo todos tu tú tus un una unas uno unos usted ustedes va vamos verdad vez y ya yo quiero sabes sabe
			creó nació habéis hemos tuvo tenía hicieron`),
		letters: "ñ",
		marks:   []string{"¿", "¡"},
		endings: []string{"ción", "ciones", "dad", "dades", "ado", "ada", "ados", "adas", "ido", "ida", "aba", "ía", "ían", "mos", "ando", "iendo", "ó", "os", "as", "ar", "er", "ir", "uelo"},
	},
	{
		lang: "pt",
		small: set(`a ao aos as até com como da das de depois do dos e é ela ele eles em entre era essa esse está estão eu foi
			foram há isso isto já mais mas me meu minha muito na não nas nem no nos nós o onde os ou para pela pelo por porque
			qual quais quando quanto quantos que quem são se sem ser seu seus sobre sua também tem têm um uma você vocês`),
		letters: "ãõ",
		marks:   []string{"ção", "ções", "nh", "lh"},
		endings: []string{"agem", "dade", "inho", "eiro", "mente"},
	},
	{
		lang: "it",
		small: set(`a al alla anche che chi ci come con cosa cui da dal dalla dei del della delle di dove due e è era essere
			fra gli ha hai hanno ho i il in io l la le lei lo loro ma mi mio molto ne nel nella no noi non o perché per più
			può qual quale quali quando quanto quanti quella quello questa questo se sei senza si sono sta stato su sua suo
			ti tra tu un una uno vi voi`),
		letters: "ìò",
		marks:   []string{"zz", "gli", "cch"},
		endings: []string{"zione", "zioni", "tà", "ità", "ando", "endo", "ato", "ata", "iamo", "etti", "are", "ere", "ire"},
	},
	{
		lang: "de",
		small: set(`aber alle als am an auch auf aus bei bis bist da damit dann das dass dem den der des die dies diese dieser
			doch du durch ein eine einem einen einer eines er es für gibt haben hat hatte ich ihr ihre im in ist ja kann kein
			keine können man mehr mein mich mir mit nach nicht noch nur ob oder ohne schon sehr sein seine sich sie sind so
			über um und uns unser unter viele vom von vor wann war waren warum was wegen weil welche welcher welches wem wen
			wenn wer werden wie wieder wieviel wir wird wirst wo worden wurde wurden zu zum zur zwischen`),
		letters: "ßäöü",
		marks:   []string{"sch"},
		endings: []string{"ung", "ungen", "keit", "heit", "lich", "isch", "chen", "en"},
	},
}
