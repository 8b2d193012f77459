package io.understudy.servlet.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateFinderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            textBlock =
                    """
            {"previous_response_id":"resp_1"}                                                         | resp_1
            {"conversation":"conv_1"}                                                                 | conv_1
            {"conversation":{"id":"conv_1"}}                                                          | conv_1
            {"prompt":{"id":"pmpt_1","version":"2","variables":{"id":"x"}}}                           | pmpt_1
            {"input":[{"type":"item_reference","id":"msg_1"},{"id":"rs_1"}]}                          | msg_1 rs_1
            {"input":[{"role":"user","content":[{"type":"input_file","file_id":"file-1"}]}]}          | file-1
            {"input":[{"type":"function_call_output","output":[{"type":"input_image","file_id":"f"}]}]} | f
            {"input":[{"type":"code_interpreter_call","id":"ci_1","container_id":"cntr_1"}]}          | cntr_1
            {"tools":[{"type":"file_search","vector_store_ids":["vs_1","vs_2"]}]}                     | vs_1 vs_2
            {"tools":[{"type":"code_interpreter","container":"cntr_1"}]}                              | cntr_1
            {"tools":[{"type":"code_interpreter","container":{"type":"auto","file_ids":["file-1"]}}]} | file-1
            {"previous_response_id":"resp_1","tools":[{"vector_store_ids":["vs_1"]}]}                 | resp_1 vs_1
            {"previous_response_id":null,"conversation":null,"prompt":null,"background":false}        | -
            {"input":"previous_response_id","model":"m"}                                              | -
            {"input":[{"type":"message","id":"msg_1","role":"assistant","content":[]}]}               | -
            {"input":[{"type":"reasoning","id":"rs_1","encrypted_content":"x"}]}                      | -
            {"input":[{"role":"assistant","content":[{"annotations":[{"file_id":"file-1"}]}]}]}       | -
            {"tools":[{"type":"function","parameters":{"properties":{"file_id":{"default":"x"}},"file_id":"x"}}]} | -
            {"metadata":{"file_id":"file-1"}}                                                         | -
            {"input":[1,null,"x",[]],"tools":{},"conversation":[]}                                    | -
            """)
    void a_request_for_a_response_refers_to_what_its_table_says(String request, String ids) {
        StateReferences found = found(new ResponsesDialect().stateInRequest(), request);

        assertThat(found).isEqualTo(StateReferences.to(ids == null ? List.of() : List.of(ids.split(" "))));
    }

    @Test
    void a_provider_that_is_asked_to_keep_working_binds_without_any_id() {
        assertThat(found(new ResponsesDialect().stateInRequest(), "{\"background\":true}"))
                .isEqualTo(new StateReferences(true, List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            textBlock =
                    """
            {"id":"resp_1","conversation":{"id":"conv_1"},"previous_response_id":"resp_0"}            | resp_1 conv_1
            {"output":[{"id":"msg_1","content":[{"annotations":[{"file_id":"f1","container_id":"c1"}]}]}]} | msg_1 f1 c1
            {"output":[{"id":"fc_1","type":"function_call","call_id":"call_1","arguments":"{}"}]}     | fc_1
            {"object":"list","data":[{"id":"msg_1"},{"id":"msg_2"}],"first_id":"msg_1"}               | msg_1 msg_2
            {"tools":[{"container":"c"}],"instructions":[{"id":"x"}]}                                 | -
            """)
    void a_response_tells_of_what_its_table_says(String answer, String ids) {
        StateReferences found = found(new ResponsesDialect().stateInAnswer(), answer);

        assertThat(found).isEqualTo(StateReferences.to(ids == null ? List.of() : List.of(ids.split(" "))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            textBlock =
                    """
            {"container":"container_1"}                                                               | container_1
            {"container":{"id":"container_1","skills":[{"skill_id":"s"}]}}                            | container_1
            {"container":{"id":"container_1","expires_at":"2026-12-01"},"id":"msg_1"}                 | container_1
            {"messages":[{"content":[{"type":"document","source":{"type":"file","file_id":"file_1"}}]}]} | file_1
            {"messages":[{"content":[{"type":"container_upload","file_id":"file_1"}]}]}               | file_1
            {"content":[{"type":"x_tool_result","content":{"content":[{"file_id":"file_1"}]}}]}       | file_1
            {"messages":[{"content":[{"type":"tool_use","input":{"file_id":"report.pdf"}}]}]}         | -
            {"messages":[{"content":"file_id"}],"container":null,"metadata":{"user_id":"u"}}          | -
            """)
    void messages_refer_to_containers_and_files(String message, String ids) {
        StateReferences expected = StateReferences.to(ids == null ? List.of() : List.of(ids.split(" ")));

        assertThat(found(new MessagesDialect().stateInRequest(), message)).isEqualTo(expected);
        assertThat(found(new MessagesDialect().stateInAnswer(), message)).isEqualTo(expected);
    }

    @Test
    void nobody_keeps_anything_of_a_chat() {
        assertThat(found(new ChatDialect().stateInRequest(), "{\"messages\":[{\"content\":[{\"file_id\":\"f\"}]}]}"))
                .isEqualTo(StateReferences.NONE);
    }

    @Test
    void the_stream_of_a_response_tells_of_what_is_kept_as_soon_as_it_is_known() {
        StreamReader reader = new ResponsesDialect().newStream();
        reader.read(
                Events.event(
                        "{\"type\":\"response.created\",\"response\":{\"id\":\"resp_1\",\"conversation\":{\"id\":\"conv_1\"}}}"));
        assertThat(reader.kept().ids()).containsExactly("resp_1", "conv_1");

        reader.read(
                Events.event(
                        "{\"type\":\"response.output_item.done\",\"item\":{\"type\":\"code_interpreter_call\",\"id\":\"ci_1\",\"container_id\":\"cntr_1\"}}"));
        assertThat(reader.kept().ids()).containsExactly("resp_1", "conv_1", "ci_1", "cntr_1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            {"type":"message_start","message":{"id":"msg_1","container":{"id":"c_1"},"content":[]}}      | c_1
            {"type":"message_delta","delta":{"stop_reason":"end_turn","container":{"id":"c_1"}}}         | c_1
            {"type":"content_block_start","content_block":{"type":"x_tool_result","content":[{"file_id":"f_1"}]}} | f_1
            """)
    void the_stream_of_a_message_does_so_too(String data, String id) {
        StreamReader reader = new MessagesDialect().newStream();
        reader.read(Events.event(data));

        assertThat(reader.kept().ids()).containsExactly(id);
    }

    private static StateReferences found(StateFinder finder, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        assertThat(JsonFields.object(bytes, 0, bytes.length, finder)).isTrue();
        return finder.found();
    }
}
