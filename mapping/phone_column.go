package mapping

// phoneColumn counts how the cells of a column that lack a plus can be read.
type phoneColumn struct {
	step     *step
	examined int // cells of which both readings were made
	counted  int // cells that were tried as a national number

	national int // only in national writing
	abroad   int // only with a + in front
	foreign  int // in both, as two numbers, of which one is of another country
	sure     int // of the country's own calling code, which the national reading can't explain
	unsure   int // of the country's own calling code, and both readings can be
}

// The bounds of what a study looks at. A cell that is looked at costs 25 µs, one that is ruled out by its first digits next to nothing.
const (
	mostExamined = 200_000 // cells of which both readings are made
	mostCounted  = 2_000   // that are tried as national, and can be nothing else; the others are taken for national
)

// enough reports whether so many cells were looked at that the others can be taken to be like them.
func (c *phoneColumn) enough() bool { return c.examined >= mostExamined }

// see looks at the cell of a row.
func (c *phoneColumn) see(cells []string) {
	cell, _, bad := c.step.source(cells, nil)
	if bad != nil || !mayLackPlus(cell) {
		return
	}
	if _, listed := c.step.values[cell]; listed {
		return
	}
	text, _, bad := phoneText(cell)
	if bad != nil || !lacksPlus(text) {
		return
	}
	c.count(text)
}

// mayLackPlus rules out most cells by their first bytes.
func mayLackPlus(cell string) bool {
	for i := range len(cell) {
		switch b := cell[i]; {
		case b == '+' || b == '0':
			return false
		case '1' <= b && b <= '9', b > '~':
			return true
		}
	}
	return false
}

// count makes both readings of a text, where they can differ.
func (c *phoneColumn) count(text string) {
	p := c.step.phone
	digits := onlyDigits(text)
	if !maybeInternational(digits) {
		if c.counted++; c.counted <= mostCounted {
			if _, bad := parsePhone(p.region, text); bad != nil {
				return
			}
		}
		c.national++
		return
	}
	c.examined++
	national, _ := parsePhone(p.region, text)
	r, _ := p.readings(text, national)
	switch {
	case r.own && r.sure && r.international:
		c.sure++
	case r.own && r.differ:
		c.unsure++
	case r.differ && !p.grouped(text):
		c.foreign++
	case r.international && !r.national:
		c.abroad++
	case r.national:
		c.national++
	}
}

// The proportions by which a column decides.
const (
	oneKind    = 20 // as many times of one kind as of the other are a column of that kind
	mostlySure = 3  // as many times sure as unsure make the unsure ones sure
	fewest     = 5  // so many cells that lost the 0 in front say of a column that it did
)

// rule is what the column says of digits without a plus. They are international when no cell is national alone and the country's own calling code is
// there beyond doubt; national when cells that are international alone are next to none. A part of a list never decides what the whole of it decides
// otherwise: where the whole is international, no part has a cell that is national alone, and what needs none is not decided by a part.
func (c *phoneColumn) rule(of Extent) plusRule {
	bare := writtenWithoutTrunk(c.step.phone.region)
	switch {
	case c.national == 0 && c.sure > 0 && c.sure >= mostlySure*c.unsure:
		return plusLost
	case bare && c.national >= oneKind*c.abroad && of == WholeOfList && c.national > 0:
		return plusNeverThere
	case bare && c.national >= oneKind*c.abroad && (c.national > 0 || of == WholeOfList && c.sure == 0):
		return plusOpen
	case !bare && c.national >= oneKind*(c.abroad+c.sure) && c.national >= 2*c.foreign && c.national >= fewest && of == WholeOfList:
		return plusNeverThere
	}
	return plusMixed
}
