package roster_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/japanese"

	"certctl/pkg/api"
	"certctl/pkg/roster"
)

const contract = "12345678901"

func reader() roster.Reader {
	return roster.Reader{
		Contract: contract,
		Columns:  map[string]roster.Column{"利用者ID": roster.UserID, "氏名": roster.Name, "契約者ID(利用者番号)": roster.ContractID},
		Words:    map[string]string{"管理者": "admin", "なし": "none", "暗証番号": "pin"},
	}
}

func ref(user string) api.UserRef { return api.UserRef{ContractID: contract, UserID: user} }

func TestAListIsRead(t *testing.T) {
	const text = "利用者ＩＤ,氏名,E-Mail,ROLE,otp\r\n" +
		"tanaka,田中　花子,a@bank.example; b@bank.example,管理者,\r\n" +
		"\r\n ,,,, \r\n" +
		"ｓｕｚｕｋｉ,\"髙橋, ①\",,,なし\n" +
		"ito,,,,ｈｗ-1001\nkato,,,,暗証番号"
	want := []roster.Row{
		{Line: 2, Ref: ref("tanaka"), Name: "田中　花子", Email: []string{"a@bank.example", "b@bank.example"}, Role: api.RoleAdmin, OTP: roster.Software},
		{Line: 5, Ref: ref("suzuki"), Name: "髙橋, ①", Role: api.RoleUser, OTP: roster.NoToken},
		{Line: 6, Ref: ref("ito"), Role: api.RoleUser, Serial: "HW-1001"},
		{Line: 7, Ref: ref("kato"), Role: api.RoleUser, OTP: roster.PIN},
	}
	sjis, err := japanese.ShiftJIS.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	r := reader()
	r.Columns["e-mail"] = roster.Email
	for name, data := range map[string]string{"UTF-8": text, "with a mark": "\ufeff" + text, "Shift_JIS": sjis} {
		rows, problems, err := r.Read([]byte(data))
		if err != nil || len(problems) > 0 || !reflect.DeepEqual(rows, want) {
			t.Errorf("%s: %+v, %+v, %v", name, rows, problems, err)
		}
	}
}

func TestAllThatIsWrongWithAListIsFound(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []roster.Problem
	}{
		"columns": {"shoe,name,氏名\nx", []roster.Problem{
			{Line: 1, Value: "shoe", Fault: roster.UnknownColumn},
			{Line: 1, Column: roster.Name, Value: "氏名", Fault: roster.TwiceColumn},
			{Line: 1, Column: roster.UserID, Fault: roster.MissingColumn},
		}},
		"cells": {"user_id,name,email,role,otp\n田中,a\x1bb,a.example.com,boss,may be\na\nito,,,,HW-1\nITO,,,,hw-1\n,x,,,\n", []roster.Problem{
			{Line: 2, Column: roster.UserID, Value: "田中", Fault: roster.BadValue},
			{Line: 2, Column: roster.Name, Value: "a\x1bb", Fault: roster.BadValue},
			{Line: 2, Column: roster.Email, Value: "a.example.com", Fault: roster.BadValue},
			{Line: 2, Column: roster.Role, Value: "boss", Fault: roster.BadValue},
			{Line: 2, Column: roster.OTP, Value: "may be", Fault: roster.BadValue},
			{Line: 3, Fault: roster.BadFields},
			{Line: 5, Column: roster.UserID, Value: "ITO", Fault: roster.TwiceUser, Other: 4},
			{Line: 5, Column: roster.OTP, Value: "HW-1", Fault: roster.TwiceToken, Other: 4},
			{Line: 6, Column: roster.UserID, Fault: roster.BadValue},
		}},
		"quotation marks": {"user_id\nab\"c\n", []roster.Problem{{Line: 2, Fault: roster.BadFields}}},
		"cut short":       {"user_id,name\nito,\"Ito", []roster.Problem{{Line: 2, Fault: roster.BadFields}}},
		"a bad heading":   {"\"user_id", []roster.Problem{{Line: 1, Fault: roster.BadFields}}},
	} {
		rows, problems, err := reader().Read([]byte(c.text))
		if err != nil || rows != nil || !reflect.DeepEqual(problems, c.want) {
			t.Errorf("%s: %v, %v\n%+v\n%+v", name, rows, err, problems, c.want)
		}
	}
	r := reader()
	r.Contract = ""
	if _, problems, _ := r.Read([]byte("user_id\nito")); len(problems) != 1 || problems[0].Column != roster.ContractID {
		t.Errorf("no contract: %+v", problems)
	}
}

// TestAListOfFiveThousand is one as a spreadsheet writes it, in each encoding,
// whole and then with every fiftieth user twice and every hundredth line broken.
func TestAListOfFiveThousand(t *testing.T) {
	const users = 5000
	families, given := []string{"田中", "鈴木", "髙橋", "渡邉", "ｻﾄｳ"}, []string{"花子", "一郎", "～子", "①", "表十能"}
	var whole, broken strings.Builder
	whole.WriteString("利用者ID,氏名,role\r\n")
	broken.WriteString("利用者ID,氏名,role\r\n")
	for n := range users {
		line := fmt.Sprintf("user%d,%s　%s,\r\n", n, families[n%len(families)], given[n/len(families)%len(given)])
		whole.WriteString(line)
		if n%50 == 49 {
			line = strings.Replace(line, fmt.Sprint("user", n), fmt.Sprint("USER", n-1), 1)
		}
		if n%100 == 0 {
			line = strings.TrimSuffix(line, ",\r\n") + "\r\n"
		}
		broken.WriteString(line)
	}
	for name, encode := range map[string]func(string) []byte{
		"UTF-8 with a mark": func(s string) []byte { return []byte("\ufeff" + s) },
		"Shift_JIS": func(s string) []byte {
			data, err := japanese.ShiftJIS.NewEncoder().String(s)
			if err != nil {
				t.Fatal(err)
			}
			return []byte(data)
		},
	} {
		rows, problems, err := reader().Read(encode(whole.String()))
		if len(rows) != users || len(problems) > 0 || err != nil || rows[users-1].Name != "ｻﾄｳ　表十能" {
			t.Errorf("%s: %d users, %v, %v", name, len(rows), problems, err)
		}
		faults := map[roster.Fault]int{}
		rows, problems, err = reader().Read(encode(broken.String()))
		for _, p := range problems {
			faults[p.Fault]++
			if p.Fault == roster.TwiceUser && p.Other != p.Line-1 {
				t.Errorf("%s: line %d is said to repeat line %d", name, p.Line, p.Other)
			}
		}
		if rows != nil || err != nil || len(faults) != 2 || faults[roster.TwiceUser] != 100 || faults[roster.BadFields] != 50 {
			t.Errorf("%s, broken: %d users, %v, %v", name, len(rows), faults, err)
		}
	}
}

// FuzzAList: whatever a file holds, it is a list, or something is wrong with it.
func FuzzAList(f *testing.F) {
	for _, text := range []string{"user_id\ntanaka\n", "利用者ID,氏名\nito,\"a\nb\"\n", "\ufeffuser_id,otp\na,HW-1\nb,hw-1", "\x97\x98\x97p\x8e\xd2ID\nito"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, problems, err := reader().Read(data)
		if (len(rows) > 0) == (len(problems) > 0 || err != nil) {
			t.Errorf("%d rows, %v, %v", len(rows), problems, err)
		}
	})
}

func TestWhatIsNoList(t *testing.T) {
	for text, want := range map[string]error{
		"":                          roster.ErrEmpty,
		"\ufeff":                    roster.ErrEmpty,
		"user_id\n\n":               roster.ErrEmpty,
		"user_id\n\xff\xfe":         roster.ErrEncoding,
		"\xff\xfeu\x00s\x00e\x00":   roster.ErrEncoding,
		strings.Repeat("a", 65<<20): roster.ErrTooLarge,
	} {
		if _, _, err := reader().Read([]byte(text)); !errors.Is(err, want) {
			t.Errorf("%.20q: %v, want %v", text, err, want)
		}
	}
}

func TestAResultIsReadAsItWasWritten(t *testing.T) {
	want := []roster.Entry{
		{Ref: ref("tanaka"), Outcome: roster.Planned, Secret: "ABC", URI: "otpauth://totp/a?secret=ABC", Key: api.NewKey()},
		{Ref: ref("suzuki"), Outcome: roster.Added, AcquireBy: time.Date(2027, 5, 20, 9, 0, 0, 0, time.UTC), Key: api.NewKey()},
		{Ref: ref("ito"), Outcome: roster.Exists},
		{Ref: ref("sato"), Outcome: roster.TokenTaken, Serial: "HW-1", Key: api.NewKey()},
		{Ref: ref("abe"), Outcome: roster.Added, PIN: "abcdefgh23", Key: api.NewKey()},
		{Ref: ref("kato"), Outcome: "not_found", Key: api.NewKey()},
	}
	text, err := roster.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := roster.Unmarshal(api.IDs{}, text)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	for name, changed := range map[string]string{
		"nothing":           "",
		"another list":      "user_id\ntanaka\n",
		"a number rounded":  strings.Replace(string(text), contract+",tanaka", "1.23457E+10,tanaka", 1),
		"a time in words":   strings.Replace(string(text), "2027-05-20T09:00:00Z", "2027/5/20 9:00", 1),
		"a key that is cut": strings.Replace(string(text), want[0].Key, want[0].Key[:20], 1),
		"cut short":         string(text[:len(text)-40]),
	} {
		if _, err := roster.Unmarshal(api.IDs{}, []byte(changed)); !errors.Is(err, roster.ErrNoResult) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
