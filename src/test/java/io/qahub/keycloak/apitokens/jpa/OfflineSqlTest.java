package io.qahub.keycloak.apitokens.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The SQL that Liquibase generates from our change log for databases on which no test runs. */
class OfflineSqlTest {
    private static final String CHANGE_LOG = "META-INF/qh-api-tokens-changelog.xml";

    /** Of Oracle before 12.2; the limit of MySQL is 64, that of SQL Server 128. */
    private static final int MAX_NAME = 30;

    private static final int COLUMNS = 22;

    /** A keyword of MySQL that is not reserved; Keycloak itself has columns of this name. */
    private static final String ALLOWED = "DESCRIPTION";

    private static final Pattern COLUMN =
            Pattern.compile("(?:[(,] ?|ADD |COLUMN )(?!ADD|CONSTRAINT|PRIMARY)([A-Z_]+) [A-Za-z]+[0-9]?\\(?");
    private static final Pattern NAME = Pattern.compile("\\b(?:QH|PK|UK|IDX)_[A-Z_]+");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"mysql", "mariadb", "mssql", "oracle", "postgresql", "h2"})
    void namesAreShortAndNotReserved(String product) throws Exception {
        Database database = database(product);
        String sql = sql(database);
        Set<String> columns = matches(COLUMN, sql);
        assertEquals(COLUMNS, columns.size(), columns + "\n" + sql);
        Set<String> names = matches(NAME, sql);
        assertTrue(names.size() >= 8, names.toString());
        names.addAll(columns);
        for (String name : names) {
            assertTrue(name.length() <= MAX_NAME, name);
            assertTrue(name.equals(ALLOWED) || !database.isReservedWord(name), name);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mysql, VARCHAR, TEXT", // Keycloak's type for longer texts
        "mariadb, VARCHAR, TEXT",
        "mssql, nvarchar, nvarchar",
        "oracle, NVARCHAR2, NVARCHAR2",
        "postgresql, VARCHAR, VARCHAR",
        "h2, VARCHAR, VARCHAR"
    })
    void whatUsersWriteIsStoredAsUnicode(String product, String name, String description) throws Exception {
        String sql = sql(database(product));
        assertTrue(sql.contains("NAME " + name + "(255)"), sql);
        assertTrue(sql.contains("DESCRIPTION " + description + "(2000)"), sql);
    }

    /** SQL Server, MySQL and MariaDB make a column nullable when its type changes. */
    @ParameterizedTest
    @ValueSource(strings = {"mysql", "mariadb", "mssql"})
    void scopesRemainMandatory(String product) throws Exception {
        List<String> changes = sql(database(product))
                .lines()
                .filter(line -> line.startsWith("ALTER TABLE") && line.contains(" SCOPES "))
                .toList();
        assertEquals(2, changes.size(), changes.toString());
        assertTrue(changes.get(1).contains("(4000) NOT NULL"), changes.toString());
    }

    private Database database(String product) throws Exception {
        return DatabaseFactory.getInstance()
                .openDatabase(
                        "offline:" + product + "?outputLiquibaseSql=none&changeLogFile="
                                + directory.resolve(product + ".csv"),
                        null,
                        null,
                        null,
                        new ClassLoaderResourceAccessor());
    }

    /** Returns one statement a line, without schema names and quotes. */
    @SuppressWarnings("deprecation") // the replacement takes no writer
    private static String sql(Database database) throws Exception {
        StringWriter out = new StringWriter();
        try (Liquibase liquibase = new Liquibase(CHANGE_LOG, new ClassLoaderResourceAccessor(), database)) {
            liquibase.getChangeLogParameters().set("database.defaultSchemaName", "public");
            liquibase.update(new Contexts(), new LabelExpression(), out);
        }
        return out.toString()
                .replaceAll("(?m)^--.*\n", "")
                .replaceAll("[\\[\\]`\"]", "")
                .replaceAll("(?i)public\\.", "");
    }

    private static Set<String> matches(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.groupCount() > 0 ? match.group(1) : match.group())
                .forEach(found::add);
        return found;
    }
}
