package session

// stopLanguages are those whose stop words are known.
var stopLanguages = []string{"ar", "en", "es", "fr", "ru", "zh"}

// stopWords are, by language, common words that say nothing by themselves, as
// they are heard, sorted by bytes. The lists are short on purpose: a word that is
// left out wrongly is missed more than one that stays is minded.
var stopWords = map[string][]string{
	"ar": {
		"أن", "أنا", "أنت", "أو", "أي", "أيضا", "إذا", "إلى", "إن", "التي", "الذي", "الذين", "بعد", "بعض", "بل",
		"به", "بها", "بين", "تلك", "ثم", "حتى", "حول", "ذلك", "على", "عليه", "عليها", "عن", "عند", "عندما", "غير",
		"فقط", "في", "فيه", "فيها", "قبل", "قد", "كان", "كانت", "كل", "كما", "كيف", "لا", "لكن", "لم", "لن", "له",
		"لها", "لهم", "ليس", "ما", "مع", "من", "منذ", "منه", "منها", "نحن", "هذا", "هذه", "هل", "هم", "هو", "هي",
		"و",
	},
	"en": {
		"a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "could", "did", "do", "does", "for",
		"from", "had", "has", "have", "he", "her", "his", "how", "i", "if", "in", "into", "is", "it", "its", "just",
		"me", "more", "my", "no", "not", "of", "on", "or", "our", "she", "should", "so", "some", "such", "than",
		"that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "too", "us", "very",
		"was", "we", "were", "what", "when", "which", "who", "why", "will", "with", "would", "you", "your",
	},
	"es": {
		"a", "al", "algo", "ante", "aún", "como", "con", "cual", "cuando", "de", "del", "desde", "donde", "dos",
		"el", "ella", "ellas", "ellos", "en", "entre", "era", "es", "esa", "ese", "eso", "esta", "este", "esto",
		"está", "están", "fue", "ha", "han", "hasta", "hay", "la", "las", "le", "les", "lo", "los", "me", "mi",
		"muy", "más", "ni", "no", "nos", "o", "para", "pero", "por", "porque", "que", "qué", "se", "ser", "si",
		"sin", "sobre", "son", "su", "sus", "sí", "también", "te", "tiene", "un", "una", "uno", "unos", "y", "ya",
		"yo",
	},
	"fr": {
		"au", "aux", "avec", "c", "ce", "ces", "cette", "d", "dans", "de", "des", "du", "elle", "elles", "en", "est",
		"et", "eux", "il", "ils", "j", "je", "l", "la", "le", "les", "leur", "leurs", "lui", "m", "ma", "mais",
		"me", "mes", "moi", "mon", "n", "ne", "nos", "notre", "nous", "on", "ont", "ou", "où", "par", "pas", "plus",
		"pour", "qu", "que", "qui", "s", "sa", "se", "sera", "ses", "si", "son", "sont", "sur", "t", "ta", "te",
		"tes", "toi", "ton", "très", "tu", "un", "une", "vos", "votre", "vous", "y", "à", "été", "être",
	},
	"ru": {
		"а", "без", "бы", "был", "была", "были", "было", "быть", "в", "вам", "вас", "весь", "во", "вот", "все",
		"всё", "вы", "где", "да", "для", "до", "его", "ее", "если", "есть", "еще", "ещё", "её", "же", "за", "и",
		"из", "или", "им", "их", "к", "как", "ко", "когда", "кто", "ли", "мне", "мы", "на", "над", "не", "нет",
		"ни", "них", "но", "о", "об", "он", "она", "они", "оно", "от", "по", "под", "при", "с", "со", "так", "там",
		"то", "только", "тут", "ты", "у", "уже", "чем", "что", "чтобы", "это", "этот", "я",
	},
	"zh": {
		"一", "一个", "上", "不", "与", "为", "也", "了", "人", "从", "他", "他们", "会", "但", "你", "你们", "到", "去", "及", "吗", "吧",
		"呢", "和", "啊", "在", "她", "它", "对", "就", "很", "我", "我们", "或", "把", "是", "有", "没有", "的", "看", "着", "而", "自己",
		"被", "要", "让", "说", "这", "那", "都",
	},
}
