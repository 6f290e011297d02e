//go:build !race

package gateway_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"majlis/hub/session"
)

// The ballots of elections and surveys whose results were published, given one by
// one by as many people through a real server. What it counts must be what was
// published. Where the figures come from is written beside the files.

// TestPublishedKubernetes: two elections by Schulze's method, in which "No
// opinion" is not compared.
func TestPublishedKubernetes(t *testing.T) {
	for _, year := range []string{"2017", "2018"} {
		t.Run(year, func(t *testing.T) {
			rows := table(t, "k8s-steering-"+year+"-ballots.csv")
			names := rows[0]
			for i, name := range names {
				names[i] = strings.ReplaceAll(name, "Whitrock", "Wittrock") // the results spell it so
			}
			h := hall(t, session.PollRecipe{Kind: "ranking", Title: "Steering", Options: names, Results: "shown", Unranked: "apart"})
			silent := 0
			for _, row := range rows[1:] {
				places := make([]int, len(row))
				for i, cell := range row {
					places[i], _ = strconv.Atoi(cell)
				}
				if slices.Max(places) == 0 {
					silent++
					continue
				}
				h.person(vote{"Steering", ranks(places)})
			}
			got := h.count()["Steering"]
			var want []string
			for line := range strings.Lines(string(shared(t, "k8s-steering-"+year+"-results.md"))) {
				n, name, ok := strings.Cut(strings.TrimSpace(line), ". ")
				if at, err := strconv.Atoi(n); ok && err == nil && at == len(want)+1 && len(want) < len(names) {
					want = append(want, strings.TrimSpace(name))
				}
			}
			if all := map[string]int{"2017": 309, "2018": 307}[year]; got.People+silent != all || len(want) != len(names) {
				t.Errorf("%d people and %d without any opinion, want %d; %d places published", got.People, silent, all, len(want))
			}
			if !slices.Equal(order(got), want) {
				t.Errorf("order %v\nwant  %v", order(got), want)
			}
			if year == "2017" {
				for name, n := range map[string]int{"Derek Carr": 74, "Michael Rubin": 31, "Phillip Wittrock": 26} {
					if i := slices.Index(names, name); got.First[i] != n {
						t.Errorf("%s stands alone on top of %d ballots, want %d", name, got.First[i], n)
					}
				}
			}
		})
	}
}

// TestPublishedDebian: the leader of 2007; who is not ranked is last.
func TestPublishedDebian(t *testing.T) {
	names := []string{
		"Verhelst", "Mahinovs", "Franco", "Hocevar", "McIntyre", "Hertzog", "Towns", "Richter", "None Of The Above",
	}
	h := hall(t, session.PollRecipe{Kind: "ranking", Title: "Leader", Options: names, Results: "shown"})
	for line := range strings.Lines(latin(shared(t, "debian-dpl-2007_tally.txt"))) {
		if ballot, ok := strings.CutPrefix(line, "V: "); ok {
			places := make([]int, len(names))
			for i := range places {
				places[i], _ = strconv.Atoi(ballot[i : i+1])
			}
			h.person(vote{"Leader", ranks(places)})
		}
	}
	got := h.count()["Leader"]
	if got.People != 482 {
		t.Errorf("%d people, want 482", got.People)
	}
	want := []string{"Hocevar", "McIntyre", "Hertzog", "Verhelst", "Towns", "Franco", "None Of The Above", "Richter", "Mahinovs"}
	if !slices.Equal(order(got), want) {
		t.Errorf("order %v\nwant  %v", order(got), want)
	}
	if ahead, behind := got.Pairs[3][4], got.Pairs[4][3]; ahead != 211 || behind != 203 {
		t.Errorf("Hocevar and McIntyre: %d and %d, want 211 and 203", ahead, behind)
	}
}

// TestPublishedDublin: first preferences of 29,988 voters.
func TestPublishedDublin(t *testing.T) {
	var names []string
	var ballots []string
	text := latin(shared(t, "dublin-west-2002.soi"))
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if _, name, ok := strings.Cut(line, ": "); ok && strings.HasPrefix(line, "# ALTERNATIVE NAME") {
			names = append(names, name)
		} else if line != "" && line[0] != '#' {
			ballots = append(ballots, line)
		}
	}
	h := hall(t, session.PollRecipe{Kind: "ranking", Title: "Dublin West", Options: names, Results: "shown"})
	for _, line := range ballots {
		weight, list, _ := strings.Cut(line, ": ")
		n, err := strconv.Atoi(weight)
		if err != nil {
			t.Fatal(err)
		}
		with := `"ranks":[[` + strings.ReplaceAll(list, ",", "],[") + `]]`
		for range n {
			h.person(vote{"Dublin West", with})
		}
	}
	got := h.count()["Dublin West"]
	want := map[string]int{ // candidates of one party lie apart
		"Brian Lenihan F.F.": 8086, "Deirdre Doherty Ryan F.F.": 2300, "Sheila Terry F.G.": 3694, "Joan Burton Lab": 3810,
		"Tom Morrissey P.D.": 2370, "Robert Bonnie G.P.": 748, "Mary Lou Mc Donald S.F.": 2404, "Joe Higgins S.P.": 6442,
		"John Thomas Smyth C.C. Csp": 134,
	}
	sum := 0
	for i, name := range names {
		sum += got.First[i]
		if got.First[i] != want[name] {
			t.Errorf("%s: %d first preferences, want %d", name, got.First[i], want[name])
		}
	}
	if got.People != 29_988 || sum != 29_988 {
		t.Errorf("%d people and %d first preferences, want 29,988", got.People, sum)
	}
	lenihan, higgins := slices.Index(names, "Brian Lenihan F.F."), slices.Index(names, "Joe Higgins S.P.")
	if a, b := got.Pairs[lenihan][higgins], got.Pairs[higgins][lenihan]; a != 13_900 || b != 12_457 {
		t.Errorf("Lenihan and Higgins: %d and %d, want 13,900 and 12,457", a, b)
	}
}

// share is the published form of a share: whole percent, rounded half up.
func share(n, of int) int { return (200*n + of) / (2 * of) }

// TestPublishedStarWars: single and multiple choice, a ranking of films, and a
// survey of eight questions.
func TestPublishedStarWars(t *testing.T) {
	rows := table(t, "star-wars-survey.csv")
	short := []string{"Phantom", "Clones", "Sith", "Hope", "Empire", "Jedi"}
	shot := []string{"Han", "Greedo", "I don't understand this question"}
	views := []string{
		"Very favorably", "Somewhat favorably", "Neither favorably nor unfavorably (neutral)", "Somewhat unfavorably", "Very unfavorably", "Unfamiliar (N/A)",
	}
	liked := map[string]int{
		"Luke Skywalker": 93, "Han Solo": 92, "Princess Leia Organa": 91, "Obi Wan Kenobi": 91, "Yoda": 91, "R2 D2": 90, "C-3P0": 85, "Darth Vader": 58,
	}
	survey := session.PollRecipe{Kind: "survey", Title: "Characters", Results: "closed"}
	columns := map[string]int{}
	for c := 15; c < 29; c++ {
		if name := strings.TrimSpace(rows[1][c]); liked[name] > 0 {
			columns[name] = c
			survey.Questions = append(survey.Questions, session.PollRecipe{Kind: "single", Title: name, Options: views, Results: "closed"})
		}
	}
	h := hall(
		t,
		session.PollRecipe{Kind: "multiple", Title: "Seen", Options: short, Results: "shown"},
		session.PollRecipe{Kind: "ranking", Title: "Best", Options: short, Results: "shown"},
		session.PollRecipe{Kind: "single", Title: "Shot first", Options: shot, Results: "shown"},
		survey,
	)
	for _, row := range rows[2:] {
		var votes []vote
		var seen []string
		places := make([]int, 6)
		for i := range 6 {
			if row[3+i] != "" {
				seen = append(seen, strconv.Itoa(i+1))
			}
			places[i], _ = strconv.Atoi(row[9+i])
		}
		if len(seen) > 0 {
			votes = append(votes, vote{"Seen", `"choice":[` + strings.Join(seen, ",") + `]`})
		}
		if len(seen) == 6 {
			votes = append(votes, vote{"Best", ranks(places)})
		}
		if i := slices.Index(shot, row[29]); i >= 0 {
			votes = append(votes, vote{"Shot first", fmt.Sprintf(`"choice":[%d]`, i+1)})
		}
		for name, c := range columns {
			if i := slices.Index(views, row[c]); i >= 0 {
				votes = append(votes, vote{name, fmt.Sprintf(`"choice":[%d]`, i+1)})
			}
		}
		if len(votes) > 0 {
			h.person(votes...)
		}
	}
	got := h.count()
	counts := func(poll string, people int, want []int, shares []int) {
		p := got[poll]
		list := p.Counts
		if p.Kind == "ranking" {
			list = p.First
		}
		if p.People != people || !slices.Equal(list, want) {
			t.Errorf("%s: %d people, %v; want %d, %v", poll, p.People, list, people, want)
		}
		for i, s := range shares {
			if s > 0 && share(list[i], p.People) != s {
				t.Errorf("%s: %d percent, want %d", p.Options[i].Text, share(list[i], p.People), s)
			}
		}
	}
	counts("Seen", 835, []int{673, 571, 550, 607, 758, 738}, []int{0, 0, 0, 73, 91, 88})
	counts("Best", 471, []int{47, 18, 27, 128, 169, 82}, []int{10, 4, 6, 27, 36, 17})
	counts("Shot first", 828, []int{325, 197, 306}, []int{39, 24, 37})
	for name, want := range liked {
		if p := got[name]; share(p.Counts[0]+p.Counts[1], p.People) != want {
			t.Errorf("%s: %v of %d people, want %d percent for", name, p.Counts, p.People, want)
		}
	}
	if best := order(got["Best"])[0]; best != "Empire" {
		t.Errorf("%s wins against every other film, want Empire", best)
	}
}

// TestPublishedWeather: yes or no, one of several, and free text: 98 spellings of
// what 175 people use.
func TestPublishedWeather(t *testing.T) {
	rows := table(t, "weather-check.csv")
	sources := []string{
		"The default weather app on your phone", "Local TV News", "A specific website or app (please provide the answer)",
		"The Weather Channel", "Internet search", "Newspaper", "Radio weather", "-", "Newsletter",
	}
	free := false
	h := hall(
		t,
		session.PollRecipe{Kind: "yesno", Title: "Daily", Results: "shown"},
		session.PollRecipe{Kind: "single", Title: "How", Options: sources, Results: "shown"},
		session.PollRecipe{Kind: "text", Title: "Which", Results: "shown", Moderated: &free},
		session.PollRecipe{Kind: "cloud", Title: "Cloud", Results: "shown"},
	)
	people, distinct := 0, map[string]bool{}
	for _, row := range rows[1:] {
		votes := []vote{{"Daily", fmt.Sprintf(`"choice":[%d]`, 1+slices.Index([]string{"Yes", "No"}, row[1]))}}
		votes = append(votes, vote{"How", fmt.Sprintf(`"choice":[%d]`, 1+slices.Index(sources, row[2]))})
		if said := strings.TrimSpace(row[3]); said != "-" && said != "" {
			with, _ := json.Marshal([]string{row[3]})
			votes = append(votes, vote{"Which", `"words":` + string(with)})
			if len(said) <= session.MaxWordChars {
				people, distinct[strings.ToLower(said)] = people+1, true
				votes = append(votes, vote{"Cloud", `"words":` + string(with)})
			}
		}
		h.person(votes...)
	}
	got := h.count()
	if p := got["Daily"]; p.People != 928 || !slices.Equal(p.Counts, []int{746, 182, 0}) {
		t.Errorf("daily: %d people, %v", p.People, p.Counts)
	}
	if p := got["How"]; p.People != 928 || !slices.Equal(p.Counts, []int{213, 189, 175, 139, 130, 32, 31, 11, 8}) {
		t.Errorf("how: %d people, %v", p.People, p.Counts)
	}
	words := func(p session.PollResult) map[string]int {
		out := map[string]int{}
		for _, w := range p.Words {
			out[strings.ToLower(w.Text)] = w.People
		}
		return out
	}
	which := got["Which"]
	if list := words(which); which.People != 175 || len(list) != 98 || list["weatherbug"] != 10 || list["weather bug"] != 8 || list["the weather channel app"] != 7 {
		t.Errorf("which: %d people, %d texts, %v", which.People, len(list), list)
	}
	if p := got["Cloud"]; p.People != people || len(words(p)) != len(distinct) {
		t.Errorf("cloud: %d people, %d words; want %d and %d", p.People, len(words(p)), people, len(distinct))
	}
}

// TestPublishedContributors: a survey of 160 people, in the order in which they
// answered.
func TestPublishedContributors(t *testing.T) {
	rows := table(t, "k8s-contributor-survey-2018.csv")
	regions := []string{"North America", "Europe", "Asia", "South America"}
	retest := slices.IndexFunc(rows[0], func(s string) bool { return strings.HasPrefix(s, "Useful: /retest") })
	blocker := slices.Index(rows[0], "Blocker: Code/Doc review")
	h := hall(t, session.PollRecipe{Kind: "survey", Title: "Survey", Results: "closed", Questions: []session.PollRecipe{
		{Kind: "single", Title: "Region", Options: regions, Results: "closed"},
		{Kind: "multiple", Title: "Useful", Options: []string{"/retest", "nothing of it"}, Results: "closed"},
		{Kind: "scale", Title: "Review", Steps: 5, Ends: []string{"not a problem", "a frequent blocker"}, Results: "closed"},
	}})
	var blocked [5]int
	for _, row := range slices.Backward(rows[1:]) { // the newest is first
		votes := []vote{{"Region", fmt.Sprintf(`"choice":[%d]`, 1+slices.Index(regions, row[6]))}}
		if row[retest] == "1" {
			votes = append(votes, vote{"Useful", `"choice":[1]`})
		}
		if n, err := strconv.Atoi(row[blocker]); err == nil {
			blocked[n-1]++
			votes = append(votes, vote{"Review", fmt.Sprintf(`"choice":[%d]`, n)})
		}
		h.person(votes...)
	}
	got := h.count()
	if p := got["Region"]; p.People != 160 || !slices.Equal(p.Counts, []int{93, 45, 20, 2}) {
		t.Errorf("region: %d people, %v", p.People, p.Counts)
	}
	if p := got["Useful"]; p.Counts[0] != 83 {
		t.Errorf("/retest is useful to %d people, want 83", p.Counts[0])
	}
	if p := got["Review"]; !slices.Equal(p.Counts, blocked[:]) {
		t.Errorf("review: %v, want %v", p.Counts, blocked)
	}
	if p := got["Survey"]; p.People != 160 {
		t.Errorf("%d people answered the survey, want 160", p.People)
	}
}
