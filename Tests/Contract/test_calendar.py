"""The working calendar the public API gives, day by day against an independent package."""

import datetime

import chinese_calendar
import requests

# What the package calls a holiday, in our words.
NAMES = {
    "New Year's Day": "元旦", "Spring Festival": "春节", "Tomb-sweeping Day": "清明节", "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节", "Mid-autumn Festival": "中秋节", "National Day": "国庆节",
}


def test_every_day_is_what_chinesecalendar_says(town):
    checked = 0
    for year in range(2018, 2027):
        given = requests.get(f"{town.url}/api/v1/calendar", params={"year": year}, timeout=30)
        assert given.status_code == 200, given.text
        document = given.json()
        assert document["known"] and document["edition"] == 0 and document["notice"]
        days = {day["day"]: day for day in document["days"]}
        assert len(days) == (366 if year % 4 == 0 else 365)
        day = datetime.date(year, 1, 1)
        while day.year == year and day <= datetime.date(2026, 10, 7):
            ours = days[day.isoformat()]
            is_holiday, name = chinese_calendar.get_holiday_detail(day)
            assert ours["workday"] == chinese_calendar.is_workday(day) == (not is_holiday), day
            # A plain weekend has the name of its day of the week there, and none here.
            assert ours.get("name") == NAMES.get(name), day
            checked += 1
            day += datetime.timedelta(days=1)
    assert checked == 3202


def test_a_year_nobody_has_announced_is_not_known(town):
    document = requests.get(f"{town.url}/api/v1/calendar", params={"year": 2031}, timeout=30).json()
    assert document["known"] is False and "notice" not in document
    assert all("name" not in day for day in document["days"])
