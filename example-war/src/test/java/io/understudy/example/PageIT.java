package io.understudy.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page for operators in a browser. */
class PageIT {
    private static final String BACKGROUND = "return getComputedStyle(document.body).backgroundColor";

    private static Browser browser;
    private static Stage stage;

    @BeforeAll
    static void open() {
        browser = Browser.open();
        stage = Stage.open(
                2,
                "\"adminKey\": \"the-admin-key\"",
                "\"health\": { \"consecutiveFailures\": 1, \"openTime\": \"10m\", \"maxOpenTime\": \"10m\" }",
                "\"failover\": { \"sameProviderRetries\": 0 }");
    }

    @AfterAll
    static void close() {
        if (stage != null) {
            stage.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void says_nothing_odd_and_asks_nobody_else() {
        assertThat(browser.requests()).isNotEmpty().allMatch(url -> url.startsWith(page()) || url.startsWith("data:"));
        // The browser itself notes that it was refused without the key.
        assertThat(browser.console()).allMatch(line -> line.contains("/understudy/status") && line.contains("401"));
    }

    @Test
    void asks_for_the_key_and_shows_what_happens_as_it_happens() {
        browser.visitAnew(page());
        browser.submit("#key", "not-the-key");
        browser.await("#wrong", "That is not the key");
        browser.submit("#key", "the-admin-key");
        browser.await("#headline", "All is well");
        assertThat(browser.text("#detail")).isEqualTo("every candidate ready, 6 of 6");

        Scene scene = stage.next().secondAnswers();
        scene.first().always(Reply.json(500, Scene.FIRST.error(500)));
        assertThat(stage.ask(scene).status()).isEqualTo(200);

        browser.await("tr[data-provider=" + scene.firstName() + "] .badge", "open");
        browser.await("#exchanges .steps", "server error");
        browser.await("#exchanges .steps", scene.secondName());
        browser.await("#headline", "The show goes on");
        assertThat(browser.text("#exchanges .badge")).isEqualTo("success");

        assertThat(stage.caller()
                        .chat(Scene.FIRST.request(scene.soloModel(), "Hi"))
                        .statusCode())
                .isEqualTo(500);
        browser.await("#headline", "Nobody is ready for " + scene.soloModel());
        assertThat(browser.title()).startsWith("✗ Nobody is ready");
    }

    @Test
    void takes_what_it_is_told_for_text() {
        signIn();
        stage.caller().chat("{\"model\":\"<img src=x onerror=alert(1)>\",\"messages\":[]}");
        browser.await("#exchanges .name", "<img src=x onerror=alert(1)>");
        assertThat(browser.count("#exchanges img")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"390, 844", "768, 1024", "1280, 800"})
    void fits(int width, int height) {
        signIn();
        browser.resize(width, height);
        assertThat(browser.evaluate("return document.documentElement.scrollWidth"))
                .isEqualTo((long) width);
    }

    @Test
    void every_control_has_a_name_and_can_be_reached_by_keyboard() {
        signIn();
        assertThat(
                        browser.evaluate(
                                "return [...document.querySelectorAll('button, input, [tabindex]')].filter(e => e.tabIndex < 0).length"))
                .isEqualTo(0L);
        assertThat(browser.evaluate(
                        "return [...document.querySelectorAll('input')].filter(e => !e.labels.length).length"))
                .isEqualTo(0L);
    }

    @Test
    void is_dark_for_those_who_like_it_dark() {
        signIn();
        Object light = browser.preferring("light").evaluate(BACKGROUND);
        Object dark = browser.preferring("dark").evaluate(BACKGROUND);
        assertThat(light).isEqualTo("rgb(245, 243, 238)");
        assertThat(dark).isEqualTo("rgb(17, 20, 23)");
    }

    /** A tab that is as new as its session: the page asks for the key. */
    private static void signIn() {
        browser.visitAnew(page());
        browser.submit("#key", "the-admin-key");
        browser.await("#pulse", "live");
    }

    private static String page() {
        return "http://127.0.0.1:" + stage.port() + "/understudy/";
    }
}
