package io.portolan.core.internal.listing;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The names of months that {@code ls} takes from the server's language, as they stand in listings: short or whole, with or without a dot and accents. Languages
 * whose short names contradict those of others are left out (Croatian's {@code lip} is June, Polish's July), so that no date is silently wrong.
 */
final class MonthNames {

    /** Letters of a month's name: longer words are not looked up. */
    private static final int MAX_LENGTH = 14;

    /** For each month the names in all languages, in lower case and without accents. */
    private static final String[] NAMES = {
        "jan januar januari january janv janvier janeiro ene enero gen gennaio gener ian ianuarie sty stycznia led ledna leden "
                + "oca ocak tammi tammikuu jaan jaanuar янв января яну януари січ січня ιαν ιανουαριου",
        "feb februar februari february fev fevr fevrier fevereiro febr febrero febbraio febrer februarie lut lutego uno unora unor "
                + "sub subat helmi helmikuu veebr veebruar фев февр февраля февруари лют лютого φεβ φεβρουαριου",
        "mar march mars marz maerz mrz mrt maart marzo marco marc martie marca bre brezna brezen maalis maaliskuu marts mart "
                + "мар марта март бер березня μαρ μαρτιου",
        "apr april abr abril avr avril aprile aprilie kwi kwietnia dub dubna duben nis nisan huhti huhtikuu "
                + "апр апреля април кві квітня απρ απριλιου",
        "may mai mei mayo maio mag maggio maig maj maja kve kvetna kveten mayis touko toukokuu мая май тра травня μαι μαιου",
        "jun june juni juin junio junho giu giugno juny iun iunie cze czerwca cer cervna cerven haz haziran kesa kesakuu juuni "
                + "июн июня юни чер червня ιουν ιουνιου",
        "jul july juli juil juillet julio julho lug luglio juliol iul iulie lip lipca cvc cec cervence cervenec tem temmuz "
                + "heina heinakuu juuli июл июля юли лип липня ιουλ ιουλιου",
        "aug august augustus augusti aou aout ago agosto agost sie sierpnia srp srpna srpen agu agustos elo elokuu авг августа август "
                + "сер серпня αυγ αυγουστου",
        "sep sept september septembre septiembre set setembro settembre septembrie setembre wrz wrzesnia zar zari eyl eylul syys syyskuu "
                + "szept szeptember сен сент сентября септ септември вер вересня σεπ σεπτεμβριου",
        "oct october octobre octubre out outubro ott ottobre okt oktober oktobra octombrie paz pazdziernika rij rijna rijen eki ekim loka "
                + "lokakuu октября окт октомври жов жовтня οκτ οκτωβριου",
        "nov november novembre noviembre novembro noi noiem noiembrie lis listopada listopad kas kasim marras marraskuu "
                + "ноя нояб ноября ное ноември листопада νοε νοεμβριου",
        "dec december decembre dic diciembre dez dezember dezembro dicembre des desembre decembrie gru grudnia pro prosince prosinec "
                + "ara aralik joulu joulukuu dets дек декабря декември гру грудня δεκ δεκεμβριου",
    };

    private static final Map<String, Integer> BY_NAME = byName();

    private MonthNames() {}

    /** 1 to 12 for a month's name, else 0. */
    static int of(String word) {
        int english = ListingTimes.month(word);
        if (english > 0) {
            return english;
        }
        // The Chinese and Japanese write numbers.
        if (word.length() < 3 || word.length() > MAX_LENGTH || word.charAt(0) < 'A') {
            return 0;
        }
        String plain = plain(word.endsWith(".") || word.endsWith(",") ? word.substring(0, word.length() - 1) : word);
        return BY_NAME.getOrDefault(plain, 0);
    }

    /** Without case and accents; the dotless i of Turkish as any other. */
    private static String plain(String word) {
        String decomposed = Normalizer.normalize(word.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
        StringBuilder out = new StringBuilder(decomposed.length());
        for (int i = 0; i < decomposed.length(); i++) {
            char c = decomposed.charAt(i);
            if (Character.getType(c) != Character.NON_SPACING_MARK) {
                out.append(c == 'ı' ? 'i' : c);
            }
        }
        return out.toString();
    }

    private static Map<String, Integer> byName() {
        Map<String, Integer> result = new HashMap<>();
        for (int month = 1; month <= NAMES.length; month++) {
            for (String name : NAMES[month - 1].split(" ", -1)) {
                Integer other = result.put(plain(name), month);
                if (other != null && other != month) {
                    throw new IllegalStateException(name + " is the name of two months");
                }
            }
        }
        return Map.copyOf(result);
    }
}
