// @ts-check
const millisecondsPerDay = 86_400_000;
const firstYear = 1990;
const lastYear = 2060;

/** Anniversaries from tables of all days and months from 1990 to 2060. */
export function calendarTables() {
  const dayOf = (year, month) => Date.UTC(year, month, 1) / millisecondsPerDay;
  const firstDay = dayOf(firstYear, 0);
  const monthStart = Int32Array.from({ length: (lastYear - firstYear) * 12 + 1 }, (_, m) =>
    dayOf(firstYear, m),
  );
  const monthOf = new Int32Array(monthStart[monthStart.length - 1] - firstDay);
  for (let m = 0; m + 1 < monthStart.length; m++) {
    monthOf.fill(m, monthStart[m] - firstDay, monthStart[m + 1] - firstDay);
  }
  const yearLater = (day, years) => {
    const month = monthOf[day - firstDay];
    const later = month + 12 * years;
    return Math.min(monthStart[later] + (day - monthStart[month]), monthStart[later + 1] - 1);
  };
  return {
    yearLater,
    yearsBetween(begin, end) {
      let years = Math.max(0, Math.floor((end - begin) / 366));
      while (yearLater(begin, years + 1) <= end) years++;
      const last = yearLater(begin, years);
      return years + (end - last) / (yearLater(begin, years + 1) - last);
    },
  };
}
