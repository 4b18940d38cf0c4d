/* SPDX-License-Identifier: EUPL-1.2 */
#include "bench/plot.h"

#include <math.h>

enum {
    PANEL_WIDTH = 470,
    PANEL_HEIGHT = 210,
    MARGIN = 20,
    HEADER = 64,
    LABEL_WIDTH = 128,
    VALUE_WIDTH = 84,
    BAR_HEIGHT = 20,
    BAR_STEP = 30,
    GROWTH_WIDTH = 640,
    GROWTH_HEIGHT = 420
};

static const struct {
    const char *key;
    const char *label;
    const char *colour;
} candidates[] = {
    {"constant", "constant answer", "#8a8f98"},    {"ours", "Sociopoint", "#1f6f54"},
    {"sql-stored", "SQL, stored JSON", "#d2a24c"}, {"sql", "SQL, composed", "#c0722f"},
    {"fastify", "Fastify + pg", "#9b4a6b"},
};

static const struct {
    const char *key;
    const char *label;
    const char *colour;
} requests[] = {
    {"get", "GET /v1/services/{id}", "#1f6f54"},
    {"match", "POST /v1/match", "#c0722f"},
};

enum { CANDIDATES = sizeof candidates / sizeof candidates[0], REQUESTS = 2 };

static void begin(FILE *out, int width, int height, const char *title,
                  const struct results *results)
{
    (void)fprintf(out,
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" "
                  "height=\"%d\" font-family=\"system-ui, sans-serif\" font-size=\"13\" "
                  "fill=\"#222\">\n<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n",
                  width, height, width, height, width, height);
    (void)fprintf(out, "<text x=\"%d\" y=\"28\" font-size=\"17\" font-weight=\"600\">%s</text>\n",
                  MARGIN, title);
    (void)fprintf(out, "<text x=\"%d\" y=\"48\" fill=\"#666\">%s, %s, commit %s, load %s</text>\n",
                  MARGIN, results_text(results, "machine"), results_text(results, "date"),
                  results_text(results, "commit"), results_text(results, "load"));
}

static double thousands(double value, char text[32])
{
    long rounded = lround(value);
    if (rounded >= 1000)
        (void)snprintf(text, 32, "%ld,%03ld", rounded / 1000, rounded % 1000);
    else
        (void)snprintf(text, 32, "%ld", rounded);
    return value;
}

/* --- Rates ------------------------------------------------------------------------------------- */

struct panel {
    const struct results *results;
    FILE *out;
    unsigned long size;
    size_t request;
    int x;
    int y;
    double top; /* what the full width stands for */
};

static struct spread rate_of(const struct panel *panel, size_t candidate)
{
    const struct results_key key = {panel->size, candidates[candidate].key,
                                    requests[panel->request].key, "most"};
    return results_spread(panel->results, &key, COLUMN_RATE);
}

static double scaled(const struct panel *panel, double value)
{
    return value / panel->top * (PANEL_WIDTH - LABEL_WIDTH - VALUE_WIDTH);
}

static void draw_bar(const struct panel *panel, size_t candidate, int y)
{
    char text[32];
    struct spread rate = rate_of(panel, candidate);
    int x = panel->x + LABEL_WIDTH;
    double middle = y + BAR_HEIGHT / 2.0;
    (void)thousands(rate.median, text);
    (void)fprintf(panel->out, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n", x - 8,
                  middle + 4.5, candidates[candidate].label);
    (void)fprintf(panel->out,
                  "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>\n", x, y,
                  scaled(panel, rate.median), BAR_HEIGHT, candidates[candidate].colour);
    (void)fprintf(panel->out,
                  "<path d=\"M%.1f %.1fH%.1fM%.1f %.1fv8M%.1f %.1fv8\" stroke=\"#222\" "
                  "fill=\"none\"/>\n",
                  x + scaled(panel, rate.least), middle, x + scaled(panel, rate.most),
                  x + scaled(panel, rate.least), middle - 4, x + scaled(panel, rate.most),
                  middle - 4);
    (void)fprintf(panel->out, "<text x=\"%.1f\" y=\"%.1f\">%s</text>\n",
                  x + scaled(panel, rate.most) + 8, middle + 4.5, text);
}

static void draw_panel(struct panel *panel)
{
    char text[32];
    panel->top = 1;
    for (size_t i = 0; i < CANDIDATES; i++) {
        struct spread rate = rate_of(panel, i);
        panel->top = rate.most > panel->top ? rate.most : panel->top;
    }
    (void)thousands((double)panel->size, text);
    (void)fprintf(panel->out,
                  "<text x=\"%d\" y=\"%d\" font-weight=\"600\">%s, %s services</text>\n", panel->x,
                  panel->y + 16, requests[panel->request].label, text);
    int y = panel->y + 30;
    for (size_t i = 0; i < CANDIDATES; i++) {
        if (rate_of(panel, i).most <= 0)
            continue;
        draw_bar(panel, i, y);
        y += BAR_STEP;
    }
}

void plot_rates(const struct results *results, FILE *out)
{
    int rows = (int)results->size_count;
    begin(out, REQUESTS * (PANEL_WIDTH + MARGIN) + MARGIN, HEADER + rows * PANEL_HEIGHT + MARGIN,
          "Requests a second, 16 connections kept open", results);
    for (int row = 0; row < rows; row++) {
        for (size_t request = 0; request < REQUESTS; request++) {
            struct panel panel = {.results = results,
                                  .out = out,
                                  .size = results->sizes[row],
                                  .request = request,
                                  .x = MARGIN + (int)request * (PANEL_WIDTH + MARGIN),
                                  .y = HEADER + row * PANEL_HEIGHT};
            draw_panel(&panel);
        }
    }
    (void)fprintf(out, "</svg>\n");
}

/* --- Growth ------------------------------------------------------------------------------------ */

/* Axes from 10^least to 10^most. */
struct axis {
    double least;
    double most;
    double from; /* where they are drawn */
    double to;
};

static double place(const struct axis *axis, double value)
{
    return axis->from +
           (log10(value) - axis->least) / (axis->most - axis->least) * (axis->to - axis->from);
}

static void draw_grid(const struct axis *x, const struct axis *y, FILE *out)
{
    char text[32];
    for (double power = x->least; power <= x->most; power++) {
        double at = place(x, pow(10, power));
        (void)thousands(pow(10, power), text);
        (void)fprintf(out, "<path d=\"M%.1f %.1fV%.1f\" stroke=\"#ddd\"/>\n", at, y->from, y->to);
        (void)fprintf(out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>\n", at,
                      y->from + 18, text);
    }
    for (double power = y->least; power <= y->most; power++) {
        double at = place(y, pow(10, power));
        (void)fprintf(out, "<path d=\"M%.1f %.1fH%.1f\" stroke=\"#ddd\"/>\n", x->from - 12, at,
                      x->to);
        (void)fprintf(out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%g us</text>\n",
                      x->from - 20, at + 4.5, pow(10, power));
    }
    (void)fprintf(out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">services</text>\n",
                  (x->from + x->to) / 2, y->from + 38);
}

static void draw_line(const struct results *results, size_t request, const struct axis *x,
                      const struct axis *y, FILE *out)
{
    double at_x = 0;
    double at_y = 0;
    for (size_t i = 0; i < results->size_count; i++) {
        const struct results_key key = {results->sizes[i], "ours", requests[request].key, "most"};
        struct spread cost = results_spread(results, &key, COLUMN_CPU);
        if (cost.median <= 0)
            continue;
        double next_x = place(x, (double)results->sizes[i]);
        double next_y = place(y, cost.median);
        if (at_x > 0)
            (void)fprintf(out,
                          "<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"%s\" stroke-width=\"2\"/>\n",
                          at_x, at_y, next_x, next_y, requests[request].colour);
        (void)fprintf(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>\n", next_x,
                      next_y, requests[request].colour);
        (void)fprintf(out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%.0f</text>\n",
                      next_x, next_y - 10, cost.median);
        at_x = next_x;
        at_y = next_y;
    }
    (void)fprintf(out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\" fill=\"%s\">%s</text>\n",
                  at_x, at_y - 28, requests[request].colour, requests[request].label);
}

void plot_growth(const struct results *results, FILE *out)
{
    const struct axis x = {3, 5, 80, GROWTH_WIDTH - 50};
    const struct axis y = {1, 3, GROWTH_HEIGHT - 60, HEADER + 20};
    begin(out, GROWTH_WIDTH, GROWTH_HEIGHT, "Processor time of the server for one request",
          results);
    draw_grid(&x, &y, out);
    for (size_t request = 0; request < REQUESTS; request++)
        draw_line(results, request, &x, &y, out);
    (void)fprintf(out, "</svg>\n");
}
