package main

// demoSession is one row of the demonstration's programme. Times count from the
// opening, which began a few minutes before the server was started.
type demoSession struct {
	id       string
	room     int
	day      int // 0, 1, 2
	start    int // minutes after the opening's time of day
	minutes  int
	lang     string
	title    string
	track    string
	speakers []string
	abstract string
}

// demoRooms are the halls, the largest first.
var demoRooms = []struct{ id, name string }{
	{"plenary", "Plenary Hall"},
	{"energy", "Hall A · Energy"},
	{"industry", "Hall B · Industry"},
	{"finance", "Hall C · Finance"},
	{"lab", "Workshop Lab"},
}

// demoProgramme is an industrial summit of three days in six languages.
var demoProgramme = []demoSession{
	{"opening", 0, 0, 0, 60, "en", "Opening plenary: industry after the turning point", "Plenary", []string{"Layla Al-Harthi", "Jean Morel", "Chen Yu"}, "Ministers and builders on what the next ten years of industry must deliver, and for whom."},
	{"water", 1, 0, 75, 50, "ar", "الماء والطاقة: مشروع واحد لا مشروعان", "Energy", []string{"سلمى القحطاني", "يوسف بن علي"}, "كيف تُموَّل محطات التحلية التي تعمل بالطاقة الشمسية، ومن يشغّلها."},
	{"steel", 2, 0, 75, 50, "ru", "Сталь без угля: что уже работает", "Industry", []string{"Анна Соколова", "Игорь Лебедев"}, "Опыт трёх заводов, перешедших на водород."},
	{"bonds", 3, 0, 75, 50, "fr", "Obligations vertes : qui prend le risque ?", "Finance", []string{"Camille Laurent"}, "Les banques de développement face aux premiers défauts."},
	{"robots", 4, 0, 75, 90, "zh", "人机协作工作坊：从示教到量产", "Workshop", []string{"李静", "王磊"}, "带上你的生产线问题，现场拆解。"},
	{"ports", 2, 0, 140, 45, "es", "Puertos inteligentes: tres años de datos", "Industry", []string{"Lucía Fernández"}, "Qué cambió en Valparaíso, Tánger y Singapur."},
	{"grid", 1, 0, 140, 45, "en", "A grid for four hundred million air conditioners", "Energy", []string{"Priya Nair", "Tom Okafor"}, "Demand is the power plant that nobody built."},
	{"credit", 3, 0, 140, 45, "en", "Carbon credits that survive an audit", "Finance", []string{"Ingrid Solheim"}, ""},
	{"ministers", 0, 0, 200, 75, "en", "Ministers' panel: what we will not subsidise", "Plenary", []string{"H.E. Omar Al-Suwaidi", "Dr. Amina Diallo", "Elena Petrova"}, "Three governments, one question each from the floor, no prepared answers."},
	{"skills", 4, 0, 200, 60, "fr", "Former dix mille techniciens par an", "Workshop", []string{"Moussa Traoré"}, ""},
	{"hydrogen", 1, 0, 290, 45, "ar", "الهيدروجين الأخضر: التخزين والنقل", "Energy", []string{"خالد المنصوري"}, ""},
	{"chips", 2, 0, 290, 45, "zh", "芯片供应链的下一站", "Industry", []string{"陈宇"}, ""},
	{"keynote2", 0, 1, 0, 45, "ru", "Пленарный доклад: промышленность и климат", "Plenary", []string{"Академик Виктор Орлов"}, ""},
	{"storage", 1, 1, 60, 50, "en", "Batteries, salt and gravity: storage compared", "Energy", []string{"Hannah Weiss"}, ""},
	{"textile", 2, 1, 60, 50, "es", "La industria textil que devuelve el agua", "Industry", []string{"Mateo Quispe"}, ""},
	{"islamic", 3, 1, 60, 50, "ar", "الصكوك الخضراء في خمس تجارب", "Finance", []string{"نورة العتيبي"}, ""},
	{"twins", 4, 1, 60, 90, "en", "Digital twins: bring your plant", "Workshop", []string{"Sven Lindqvist", "Aiko Tanaka"}, ""},
	{"nuclear", 1, 1, 125, 45, "fr", "Petits réacteurs : le calendrier réel", "Energy", []string{"Claire Dubois"}, ""},
	{"safety", 2, 1, 125, 45, "ru", "Безопасность на заводах с роботами", "Industry", []string{"Марина Белова"}, ""},
	{"insurance", 3, 1, 125, 45, "en", "Insuring what has never been built", "Finance", []string{"Robert Hale"}, ""},
	{"women", 0, 1, 190, 60, "ar", "النساء في الصناعة: من المصنع إلى مجلس الإدارة", "Plenary", []string{"د. هند الزهراني", "مريم حداد"}, ""},
	{"logistics", 2, 1, 270, 45, "zh", "中欧班列与港口联运", "Industry", []string{"赵敏"}, ""},
	{"africa", 3, 1, 270, 45, "fr", "Financer l'usine africaine", "Finance", []string{"Awa Ndiaye"}, ""},
	{"young", 0, 2, 0, 60, "es", "Jóvenes industriales: preguntas sin filtro", "Plenary", []string{"Sofía Ramírez", "Diego Castro"}, ""},
	{"heat", 1, 2, 75, 50, "en", "Industrial heat without flames", "Energy", []string{"Oluwaseun Adeyemi"}, ""},
	{"recycle", 2, 2, 75, 50, "zh", "电池回收：谁来付费", "Industry", []string{"刘洋"}, ""},
	{"tariffs", 3, 2, 75, 50, "ru", "Пошлины и углерод: чего ждать экспортёрам", "Finance", []string{"Дмитрий Волков"}, ""},
	{"prototype", 4, 2, 75, 90, "es", "Del prototipo a la planta en un año", "Workshop", []string{"Valentina Rojas"}, ""},
	{"closing", 0, 2, 180, 60, "ar", "الجلسة الختامية: ما الذي نعود به إلى بلداننا", "Plenary", []string{"ليلى الحارثي", "Jean Morel"}, "خلاصة ثلاثة أيام، والأسئلة التي لم تُجب."},
}

// demoPoll is a poll that is open in the live session.
type demoPoll struct {
	title   string
	kind    string
	options []string
	shown   bool
}

// The one that was made last is the one on the screen.
var demoPolls = []demoPoll{
	{"Will your country reach its 2035 target?", "single", []string{"Yes", "No", "Not sure"}, false},
	{"Which of these does your plant already use?", "multiple", []string{"Solar power", "Robots", "Digital twins", "Recycled water", "None of these yet"}, true},
	{"What should this summit decide first?", "single", []string{"Energy prices", "Water", "Skills and training", "Open markets"}, true},
}

// demoQuestion is a question that somebody asked before you came.
type demoQuestion struct {
	lang, text, name string
	votes            int
}

var demoQuestions = []demoQuestion{
	{"ar", "كيف سيؤثر الانتقال إلى الهيدروجين على العمال في المصانع القديمة؟", "", 14},
	{"en", "Which of today's promises will be measured, by whom, and where can we read it?", "Grace M.", 22},
	{"ru", "Кто заплатит за модернизацию сетей в странах с низкими доходами?", "", 9},
	{"zh", "中小企业怎样获得绿色贷款？", "", 7},
	{"fr", "Les marchés publics peuvent-ils exiger de l'acier bas carbone dès maintenant ?", "Paul", 5},
	{"es", "¿Qué pasa con el agua de las minas cuando cierran?", "", 3},
}
