/* When a ship switches its transponder off. */
#ifndef SIM_SWITCHOFF_H
#define SIM_SWITCHOFF_H

struct vessel;

/* fills v->offs; v's motion must stand at the start */
void plan_switch_offs(struct vessel *v);

#endif
